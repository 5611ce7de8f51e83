#include "oracle/golang/recorder_source.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace heaplaw::oracle {
namespace {

TEST(RecorderSource, IsTheFolderByteForByte) {
  std::set<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(HEAPLAW_SOURCE "/oracle/golang/recorder")) {
    names.insert(entry.path().filename().string());
  }
  EXPECT_EQ(recorder_source().size(), names.size());
  for (const SourceFile& file : recorder_source()) {
    EXPECT_TRUE(names.contains(std::string(file.name))) << file.name;
    std::ifstream stream(HEAPLAW_SOURCE "/oracle/golang/recorder/" + std::string(file.name));
    EXPECT_EQ(file.text, std::string(std::istreambuf_iterator<char>(stream), {})) << file.name;
  }
}

}  // namespace
}  // namespace heaplaw::oracle
