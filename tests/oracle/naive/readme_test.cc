// oracle/naive/README.md says how long the naive runtime is.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

#include <gtest/gtest.h>

namespace heaplaw::oracle {
namespace {

const std::filesystem::path folder = HEAPLAW_SOURCE "/oracle/naive";

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool is_source(const std::filesystem::path& path) {
  return path.extension() == ".h" || path.extension() == ".cc";
}

TEST(NaiveReadme, saysHowLongTheNaiveRuntimeIs) {
  std::ptrdiff_t lines = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string text = text_of(entry.path());
    if (is_source(entry.path())) lines += std::ranges::count(text, '\n');
  }
  std::smatch said;
  const std::string readme = text_of(folder / "README.md");
  ASSERT_TRUE(std::regex_search(readme, said, std::regex("([0-9]+) lines")));
  EXPECT_EQ(said[1].str(), std::to_string(lines));
}

// Independence is the point: nothing here knows the model, and no file is too long to be read.
TEST(NaiveReadme, everyFileStandsAlone) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!is_source(entry.path())) continue;
    const std::string text = text_of(entry.path());
    EXPECT_EQ(text.find("\"model/"), std::string::npos) << entry.path();
    EXPECT_LT(std::ranges::count(text, '\n'), 300) << entry.path();
  }
}

}  // namespace
}  // namespace heaplaw::oracle
