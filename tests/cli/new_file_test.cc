#include "cli/new_file.h"

#include <functional>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch_folder.h"

namespace heaplaw::cli {
namespace {

std::string output_error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const OutputError& error) {
    return error.what();
  }
  return "(no error)";
}

TEST(NewFile, AppearsWholeAndLeavesNothingElse) {
  const ScratchFolder folder;
  const std::string text(3'000'000, 'x');
  expect_new_file(folder.path("out"));
  write_new_file(folder.path("out"), text);
  EXPECT_EQ(folder.get("out"), text);
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(NewFile, IsNeverWrittenOverSomething) {
  const ScratchFolder folder;
  const std::string path = folder.put("out", "precious");
  const std::string refusal =
      path + ": found a file of this name, expected a new name: nothing is written over";
  EXPECT_EQ(output_error_of([&] { expect_new_file(path); }), refusal);
  EXPECT_EQ(output_error_of([&] { write_new_file(path, "new"); }), refusal);
  EXPECT_EQ(folder.get("out"), "precious");
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(NewFile, ALinkToNowhereIsSomethingToo) {
  const ScratchFolder folder;
  ASSERT_EQ(::symlink("nowhere", folder.path("out").c_str()), 0);
  EXPECT_NE(output_error_of([&] { expect_new_file(folder.path("out")); }), "(no error)");
  EXPECT_NE(output_error_of([&] { write_new_file(folder.path("out"), "x"); }), "(no error)");
  EXPECT_EQ(folder.entries(), 1u);
}

TEST(NewFile, NeedsAFolder) {
  const ScratchFolder folder;
  const std::string path = folder.path("none") + "/out";
  EXPECT_EQ(
      output_error_of([&] { expect_new_file(path); }),
      path + ": found no folder '" + folder.path("none") + "', expected a folder that is there");
  EXPECT_NE(output_error_of([&] { write_new_file(path, "x"); }), "(no error)");
}

TEST(NewFile, NeedsAFolderThatIsOpenToThisUser) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const ScratchFolder folder;
  ASSERT_EQ(::chmod(folder.path().c_str(), 0500), 0);
  EXPECT_NE(output_error_of([&] { expect_new_file(folder.path("out")); }), "(no error)");
  EXPECT_NE(output_error_of([&] { write_new_file(folder.path("out"), "x"); }), "(no error)");
  ASSERT_EQ(::chmod(folder.path().c_str(), 0700), 0);
}

}  // namespace
}  // namespace heaplaw::cli
