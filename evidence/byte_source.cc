#include "evidence/byte_source.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "vocabulary/input_error.h"

namespace heaplaw::evidence {

namespace {

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

[[noreturn]] void fail(const std::string& name, int code) {
  std::string found = std::generic_category().message(code);
  for (const ErrorWords& words : error_words) {
    if (words.code == code) found = words.found;
  }
  throw InputError({.file = name}, found, "a readable file");
}

}  // namespace

ByteSource::ByteSource(const std::string& path)
    : name_(display_name(path)),
      owned_(path != "-"),
      fd_(owned_ ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : STDIN_FILENO) {
  if (fd_ < 0) fail(name_, errno);
}

ByteSource::~ByteSource() {
  if (owned_) ::close(fd_);
}

std::size_t ByteSource::read(char* to, std::size_t size) {
  for (;;) {
    const ssize_t got = ::read(fd_, to, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) fail(name_, errno);
  }
}

std::string display_name(const std::string& path) { return path == "-" ? "<stdin>" : path; }

}  // namespace heaplaw::evidence
