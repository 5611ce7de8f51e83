// A folder for a while.
#pragma once

#include <filesystem>

namespace heaplaw::oracle {

// Under the system's folder for temporary files; gone with all that is in it when the object dies.
class ScratchFolder {
 public:
  // Throws GoError where none can be made.
  ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace heaplaw::oracle
