#include "oracle/golang/scratch_folder.h"

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include <fmt/format.h>

#include "oracle/golang/go_error.h"

namespace heaplaw::oracle {

namespace fs = std::filesystem;

namespace {

// As tmpfile does; fs::temp_directory_path refuses a folder that is missing without saying which.
fs::path parent() {
  const char* const told = std::getenv("TMPDIR");
  return told && *told ? told : "/tmp";
}

// Build tools leave read-only folders behind, whose files only their owner can unlock.
void remove_tree(const fs::path& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (!error) return;
  for (auto entry = fs::recursive_directory_iterator(path, error); !error && entry != end(entry);
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
      fs::permissions(entry->path(), fs::perms::owner_all, fs::perm_options::add, ignored);
    }
  }
  fs::remove_all(path, error);
}

}  // namespace

ScratchFolder::ScratchFolder() {
  std::string name = (parent() / "heaplaw-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    throw GoError(fmt::format("{}: {}, expected a folder for temporary files (TMPDIR)",
                              parent().string(), std::generic_category().message(errno)));
  }
  path_ = name;
}

ScratchFolder::~ScratchFolder() { remove_tree(path_); }

}  // namespace heaplaw::oracle
