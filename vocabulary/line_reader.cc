#include "vocabulary/line_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include <fmt/format.h>

namespace heaplaw {

namespace {
constexpr std::size_t buffer_bytes_min = std::size_t{64} << 10;
constexpr std::size_t line_end_bytes_max = 2;
}  // namespace

LineReader::LineReader(std::string_view text, std::string file, std::size_t line_max)
    : file_(std::move(file)), line_max_(line_max), window_(text) {}

LineReader::LineReader(std::istream& stream, std::string file, std::size_t line_max)
    : stream_(&stream),
      file_(std::move(file)),
      line_max_(line_max),
      buffer_(std::max(buffer_bytes_min, 2 * (line_max + line_end_bytes_max))) {}

bool LineReader::next(std::string_view& line) {
  for (;;) {
    const std::size_t looked_at = std::min(window_.size(), line_max_ + line_end_bytes_max);
    const void* const found = looked_at ? std::memchr(window_.data(), '\n', looked_at) : nullptr;
    if (found) {
      const auto length =
          static_cast<std::size_t>(static_cast<const char*>(found) - window_.data());
      line = window_.substr(0, length);
      window_.remove_prefix(length + 1);
      break;
    }
    if (looked_at < window_.size()) check_length(looked_at);
    if (!refill()) return next_unended(line);
  }
  if (line.ends_with('\r')) line.remove_suffix(1);
  check_length(line.size());
  ++number_;
  return true;
}

bool LineReader::next_unended(std::string_view& line) {
  if (window_.empty()) return false;
  line = std::exchange(window_, {});
  if (line.ends_with('\r')) line.remove_suffix(1);
  check_length(line.size());
  ++number_;
  ended_ = false;
  return true;
}

bool LineReader::refill() {
  if (!stream_) return false;
  if (!window_.empty()) std::memmove(buffer_.data(), window_.data(), window_.size());
  const std::size_t kept = window_.size();
  stream_->read(buffer_.data() + kept, static_cast<std::streamsize>(buffer_.size() - kept));
  const auto read = static_cast<std::size_t>(stream_->gcount());
  if (stream_->bad()) {
    throw InputError({file_, number_ + 1}, "a read error", "more of the file");
  }
  window_ = {buffer_.data(), kept + read};
  return read > 0;
}

// Of the line after the last one that was handed out.
void LineReader::check_length(std::size_t length) const {
  if (length <= line_max_) return;
  throw InputError({file_, number_ + 1, line_max_ + 1}, "a longer line",
                   fmt::format("a line end within {} bytes", line_max_));
}

}  // namespace heaplaw
