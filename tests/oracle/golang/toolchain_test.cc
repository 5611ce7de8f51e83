#include "oracle/golang/toolchain.h"

#include <algorithm>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fake_go.h"
#include "oracle/golang/go_error.h"
#include "real_go.h"

namespace heaplaw::oracle {
namespace {

using testing::Contains;
using testing::HasSubstr;

std::string complaint_of(const std::string& path) {
  try {
    (void)toolchain_at(path);
  } catch (const GoError& error) {
    return error.what();
  }
  return "none";
}

TEST(Toolchain, IsFoundByItsRootAndByItsCommand) {
  const FakeGo fake = FakeGo::of("go1.19.8", "");
  for (const std::string& path : {fake.goroot(), fake.command()}) {
    const Toolchain toolchain = toolchain_at(path);
    EXPECT_EQ(toolchain.release, Release(19, 8));
    EXPECT_EQ(toolchain.go, fake.command());
  }
}

TEST(Toolchain, IsLookedForInThePath) {
  const FakeGo fake = FakeGo::of("go1.21.0", "");
  const std::string before = std::getenv("PATH");
  ::setenv("PATH", ("/nonexistent:" + fake.goroot() + "/bin:" + before).c_str(), 1);
  EXPECT_EQ(toolchain_at("go").release, Release(21, 0));
  ::setenv("PATH", before.c_str(), 1);
}

TEST(Toolchain, WhatIsNoneIsSaidWithWhatWasFound) {
  EXPECT_THAT(complaint_of("/nonexistent/go"), HasSubstr("/nonexistent/go: no such file"));
  EXPECT_THAT(complaint_of("no-such-go-command"), HasSubstr("no such command in PATH"));
  EXPECT_THAT(complaint_of("/tmp"), HasSubstr("/tmp: a folder without bin/go"));
  EXPECT_THAT(complaint_of("/etc/passwd"), HasSubstr("no program, expected a go command"));
  EXPECT_THAT(complaint_of("/bin/true"), HasSubstr("not a Go: it answers 'version' with ''"));
  EXPECT_THAT(complaint_of("/bin/false"),
              HasSubstr("not a Go: 'false version' failed: exit status 1"));
  EXPECT_THAT(complaint_of(FakeGo("kill -9 $$").goroot()), HasSubstr("killed by signal 9"));
  EXPECT_THAT(complaint_of(FakeGo("echo python 3").goroot()), HasSubstr("'python 3'"));
}

TEST(Toolchain, TooOldUnreleasedAndForeignOnesAreRefused) {
  EXPECT_THAT(complaint_of(FakeGo::of("go1.3.3", "").goroot()),
              HasSubstr("go1.3.3 is too old, expected go1.4"));
  EXPECT_THAT(complaint_of(FakeGo::of("devel go1.27-0123", "").goroot()),
              HasSubstr("expected a released Go"));
  EXPECT_THAT(complaint_of(FakeGo("echo go version go1.19.8 linux/arm64").goroot()),
              HasSubstr("a Go for linux/arm64"));
}

TEST(Toolchain, BuildsDependOnNobodysSettings) {
  ::setenv("GOFLAGS", "-mod=mod", 1);
  ::setenv("CGO_CFLAGS", "-O0", 1);
  const auto environment = build_environment("/scratch");
  EXPECT_THAT(environment, Contains("GOFLAGS="));
  EXPECT_THAT(environment, Contains("TMPDIR=/scratch"));
  EXPECT_EQ(std::ranges::count(environment, "GOFLAGS=-mod=mod"), 0);
  EXPECT_EQ(std::ranges::count(environment, "CGO_CFLAGS=-O0"), 0);
  ::unsetenv("GOFLAGS");
  ::unsetenv("CGO_CFLAGS");
}

TEST(Toolchain, RealOnesAnswer) {
  const auto found = real_gos();
  if (found.empty()) GTEST_SKIP() << "no Go is installed here";
  for (const Toolchain& toolchain : found) EXPECT_GE(toolchain.release, oldest_recordable);
}

}  // namespace
}  // namespace heaplaw::oracle
