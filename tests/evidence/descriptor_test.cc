#include "evidence/descriptor.h"

#include <array>

#include <gtest/gtest.h>

#include "expect_input_error.h"
#include "scratch_folder.h"

namespace heaplaw::evidence {
namespace {

TEST(Descriptor, ReadsWhatThereIsAndThenNothing) {
  const ScratchFolder folder;
  Descriptor file(folder.put("file", "abc"));
  std::array<char, 8> bytes{};
  EXPECT_EQ(file.read(bytes.data(), 2), 2u);
  EXPECT_EQ(file.read(bytes.data() + 2, 6), 1u);
  EXPECT_EQ(std::string_view(bytes.data(), 3), "abc");
  EXPECT_EQ(file.read(bytes.data(), 8), 0u);
}

TEST(Descriptor, SaysWhyItCannotRead) {
  const ScratchFolder folder;
  EXPECT_EQ(input_error_of([&] { return Descriptor(folder.path("none")).read(nullptr, 0); }),
            folder.path("none") + ": found no such file, expected a readable file");
  std::array<char, 8> bytes{};
  EXPECT_EQ(input_error_of([&] { return Descriptor(folder.path()).read(bytes.data(), 8); }),
            folder.path() + ": found a directory, expected a readable file");
}

TEST(Descriptor, StandardInputHasANameForMessages) {
  EXPECT_EQ(display_name("-"), "<stdin>");
  EXPECT_EQ(display_name("a/b"), "a/b");
}

}  // namespace
}  // namespace heaplaw::evidence
