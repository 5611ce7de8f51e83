#include "evidence/peeked_stream.h"

#include <iterator>
#include <string>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "expect_input_error.h"
#include "scratch_folder.h"

namespace heaplaw::evidence {
namespace {

constexpr std::size_t buffer = std::size_t{64} << 10;

std::string text_of(std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += std::to_string(text.size()) + '\n';
  text.resize(bytes);
  return text;
}

TEST(PeekedStream, TheBeginningIsKnownAndIsReadAgain) {
  const ScratchFolder folder;
  for (const std::size_t bytes :
       {std::size_t{0}, std::size_t{1}, buffer - 1, buffer, buffer + 1, 5 * buffer + 7}) {
    const std::string text = text_of(bytes);
    PeekedStream file(folder.put("file", text));
    EXPECT_EQ(file.beginning(), text.substr(0, buffer));
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file.stream()), {}), text) << bytes;
  }
}

TEST(PeekedStream, ReadsAllUpToALimit) {
  const ScratchFolder folder;
  const std::string path = folder.put("file", text_of(1000));
  EXPECT_EQ(PeekedStream(path).read_all(1000).size(), 1000u);
  EXPECT_EQ(input_error_of([&] { return PeekedStream(path).read_all(999); }),
            path + ": found more than 999 bytes, expected a smaller file");
}

// A pipe hands out what is written, in pieces; the beginning waits for enough of them.
TEST(PeekedStream, APipeIsReadOnce) {
  const ScratchFolder folder;
  const std::string path = folder.path("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  std::jthread writer([&] {
    const int fd = ::open(path.c_str(), O_WRONLY);
    for (const char* piece : {"one ", "two ", "three"}) {
      EXPECT_GT(::write(fd, piece, std::string_view(piece).size()), 0);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ::close(fd);
  });
  PeekedStream file(path);
  EXPECT_EQ(file.beginning(), "one two three");
  EXPECT_EQ(file.read_all(100), "one two three");
}

TEST(PeekedStream, AFolderIsNoStream) {
  const ScratchFolder folder;
  EXPECT_EQ(input_error_of([&] { return PeekedStream(folder.path()).name(); }),
            folder.path() + ": found a directory, expected a readable file");
}

}  // namespace
}  // namespace heaplaw::evidence
