#include "cli/check/installed_go.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

namespace heaplaw::cli {
namespace {

namespace fs = std::filesystem;

// A GOROOT of our own, so that the test does not depend on the machine's.
class InstalledGo : public testing::Test {
 protected:
  InstalledGo() {
    fs::create_directories(goroot / "src/runtime");
    std::ofstream(goroot / "src/runtime/sizeclasses.go") << "package runtime\n";
  }
  ~InstalledGo() override { fs::remove_all(goroot); }

  fs::path goroot = fs::canonical(fs::temp_directory_path()) /
                    ("heaplaw-goroot-" + std::to_string(std::random_device{}()));
};

TEST_F(InstalledGo, AGorootLeadsToItsFile) {
  EXPECT_EQ(size_class_file_at(goroot), (goroot / "src/runtime/sizeclasses.go").string());
  EXPECT_EQ(size_class_file_at("some/file.go"), "some/file.go");
  EXPECT_EQ(size_class_file_at((goroot / "src").string()), (goroot / "src").string());
}

TEST_F(InstalledGo, TheEnvironmentsGorootIsFoundOnce) {
  setenv("GOROOT", goroot.c_str(), 1);
  const auto files = installed_size_class_files();
  unsetenv("GOROOT");
  EXPECT_EQ(
      std::count(files.begin(), files.end(), (goroot / "src/runtime/sizeclasses.go").string()), 1);
}

}  // namespace
}  // namespace heaplaw::cli
