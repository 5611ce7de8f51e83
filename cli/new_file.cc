#include "cli/new_file.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace heaplaw::cli {

namespace {

[[noreturn]] void fail(const std::string& path, std::string_view found, std::string_view expected) {
  throw OutputError(fmt::format("{}: found {}, expected {}", path, found, expected));
}

[[noreturn]] void fail(const std::string& path, int code) {
  if (code == EEXIST) fail(path, "a file of this name", "a new name: nothing is written over");
  fail(path, std::generic_category().message(code), "a place to write to");
}

std::string folder_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

// A file beside the one to be made; gone unless it was given its name.
class Draft {
 public:
  explicit Draft(const std::string& path)
      : path_(path), name_(folder_of(path) + "/.heaplaw-XXXXXX"), fd_(::mkstemp(name_.data())) {
    if (fd_ < 0) fail(path_, errno);
  }
  ~Draft() {
    ::close(fd_);
    ::unlink(name_.c_str());
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  void write(std::string_view text) {
    while (!text.empty()) {
      const ssize_t put = ::write(fd_, text.data(), text.size());
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) fail(path_, errno);
      text.remove_prefix(static_cast<std::size_t>(put));
    }
    if (::fsync(fd_) != 0) fail(path_, errno);
  }
  // A link, since a rename would replace whatever came there meanwhile.
  void publish() {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    if (::fchmod(fd_, 0666 & ~mask) != 0) fail(path_, errno);
    if (::link(name_.c_str(), path_.c_str()) != 0) fail(path_, errno);
  }

 private:
  std::string path_;
  std::string name_;
  int fd_;
};

}  // namespace

void expect_new_file(const std::string& path) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) == 0) fail(path, EEXIST);
  if (errno != ENOENT) fail(path, errno);
  const std::string folder = folder_of(path);
  if (::stat(folder.c_str(), &found) != 0) {
    fail(path, fmt::format("no folder '{}'", folder), "a folder that is there");
  }
  if (::access(folder.c_str(), W_OK | X_OK) != 0) fail(path, errno);
}

void write_new_file(const std::string& path, std::string_view text) {
  Draft draft(path);
  draft.write(text);
  draft.publish();
}

}  // namespace heaplaw::cli
