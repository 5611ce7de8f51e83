#include "evidence/bounded_reader.h"

#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vocabulary/input_error.h"

namespace heaplaw::evidence {
namespace {

// A folder of the test's own, gone with it.
class BoundedReader : public testing::Test {
 protected:
  BoundedReader() {
    std::string name = testing::TempDir() + "heaplaw-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    ::chmod(folder_.c_str(), 0755);
  }
  ~BoundedReader() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }
  [[nodiscard]] std::string file_with(const std::string& content) const {
    std::ofstream(path("file")) << content;
    return path("file");
  }

  std::filesystem::path folder_;
};

std::string message_of(const std::string& path, std::size_t max_bytes = 100) {
  try {
    (void)read_bounded(path, max_bytes);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST_F(BoundedReader, ReadsAllOfAFile) {
  const std::string content(200'000, 'x');
  EXPECT_EQ(read_bounded(file_with(content)), content);
  EXPECT_EQ(read_bounded(file_with("")), "");
}

TEST_F(BoundedReader, TakesExactlyTheLimitAndNoByteMore) {
  EXPECT_EQ(read_bounded(file_with("12345"), 5), "12345");
  EXPECT_EQ(message_of(file_with("123456"), 5),
            path("file") + ": found more than 5 bytes, expected a smaller file");
  EXPECT_EQ(message_of(file_with("1"), 0),
            path("file") + ": found more than 0 bytes, expected a smaller file");
}

TEST_F(BoundedReader, StopsAtTheLimitOfWhatNeverEnds) {
  EXPECT_EQ(message_of("/dev/zero"),
            "/dev/zero: found more than 100 bytes, expected a smaller file");
}

TEST_F(BoundedReader, ReadsAPipe) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(path("pipe")) << "from a pipe"; });
  EXPECT_EQ(read_bounded(path("pipe")), "from a pipe");
  writer.join();
}

TEST_F(BoundedReader, ReadsStandardInputAndLeavesItOpen) {
  const int saved = ::dup(STDIN_FILENO);
  std::FILE* replaced = std::freopen(file_with("typed").c_str(), "r", stdin);
  ASSERT_NE(replaced, nullptr);
  EXPECT_EQ(read_bounded("-"), "typed");
  EXPECT_GE(::lseek(STDIN_FILENO, 0, SEEK_SET), 0);
  EXPECT_EQ(message_of("-", 2), "<stdin>: found more than 2 bytes, expected a smaller file");
  ::dup2(saved, STDIN_FILENO);
  ::close(saved);
}

TEST_F(BoundedReader, SaysWhatCannotBeRead) {
  EXPECT_EQ(message_of(path("missing")),
            path("missing") + ": found no such file, expected a readable file");
  EXPECT_EQ(message_of(file_with("") + "/below"),
            path("file/below") + ": found no such file, expected a readable file");
  EXPECT_EQ(message_of(folder_),
            folder_.string() + ": found a directory, expected a readable file");
  EXPECT_EQ(message_of(""), ": found no such file, expected a readable file");
}

TEST_F(BoundedReader, SaysThatAFileMayNotBeRead) {
  const std::string file = file_with("secret");
  ::chmod(file.c_str(), 0);
  // The superuser may read everything, so that the test has to be someone else meanwhile.
  constexpr uid_t nobody = 65534;
  const bool was_root = ::geteuid() == 0;
  if (was_root && ::seteuid(nobody) != 0) GTEST_SKIP() << "cannot become another user";
  const std::string message = message_of(file);
  ASSERT_TRUE(!was_root || ::seteuid(0) == 0);
  EXPECT_EQ(message, file + ": found a file that this user may not read, expected a readable file");
}

}  // namespace
}  // namespace heaplaw::evidence
