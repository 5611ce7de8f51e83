#include "oracle/golang/scratch_folder.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "oracle/golang/go_error.h"

namespace heaplaw::oracle {
namespace {

namespace fs = std::filesystem;

TEST(ScratchFolder, IsGoneWithAllThatIsInIt) {
  fs::path path;
  {
    const ScratchFolder folder;
    path = folder.path();
    fs::create_directories(path / "locked/deep");
    std::ofstream(path / "locked/deep/file") << "text";
    fs::permissions(path / "locked/deep", fs::perms::owner_read);
    fs::permissions(path / "locked", fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_TRUE(fs::is_directory(path));
  }
  EXPECT_FALSE(fs::exists(path)) << path;
}

TEST(ScratchFolder, NoTwoAreTheSame) {
  const ScratchFolder one, other;
  EXPECT_NE(one.path(), other.path());
}

TEST(ScratchFolder, SaysWhereNoneCanBeMade) {
  const char* const before = std::getenv("TMPDIR");
  const std::string kept = before ? before : "";
  ::setenv("TMPDIR", "/nonexistent/folder", 1);
  try {
    const ScratchFolder folder;
    FAIL();
  } catch (const GoError& error) {
    EXPECT_NE(std::string(error.what()).find("/nonexistent/folder"), std::string::npos);
  }
  before ? ::setenv("TMPDIR", kept.c_str(), 1) : ::unsetenv("TMPDIR");
}

}  // namespace
}  // namespace heaplaw::oracle
