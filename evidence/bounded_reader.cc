#include "evidence/bounded_reader.h"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "vocabulary/input_error.h"

namespace heaplaw::evidence {

namespace {

constexpr std::size_t chunk_bytes = 64 * 1024;

struct ErrorWords {
  int code;
  const char* found;
};
constexpr ErrorWords error_words[] = {
    {ENOENT, "no such file"},
    {ENOTDIR, "no such file"},
    {EISDIR, "a directory"},
    {EACCES, "a file that this user may not read"},
};

[[noreturn]] void fail(const std::string& path, int code) {
  std::string found = std::generic_category().message(code);
  for (const ErrorWords& words : error_words) {
    if (words.code == code) found = words.found;
  }
  throw InputError({.file = display_name(path)}, found, "a readable file");
}

// Closes what it opened; standard input stays open.
class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : owned_(path != "-"),
        fd_(owned_ ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : STDIN_FILENO) {
    if (fd_ < 0) fail(path, errno);
  }
  ~Descriptor() {
    if (owned_) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int get() const { return fd_; }

 private:
  bool owned_;
  int fd_;
};

}  // namespace

std::string display_name(const std::string& path) { return path == "-" ? "<stdin>" : path; }

std::string read_bounded(const std::string& path, std::size_t max_bytes) {
  const Descriptor file(path);
  std::string out;
  std::size_t size = 0;
  while (size <= max_bytes) {
    out.resize(size + std::min(chunk_bytes, max_bytes - size + 1));
    const ssize_t got = ::read(file.get(), out.data() + size, out.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(path, errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > max_bytes) {
    throw InputError({.file = display_name(path)}, fmt::format("more than {} bytes", max_bytes),
                     "a smaller file");
  }
  out.resize(size);
  return out;
}

}  // namespace heaplaw::evidence
