#include "vocabulary/mem_stats_text.h"

#include <charconv>
#include <iterator>

#include <fmt/format.h>

namespace heaplaw {

namespace {

constexpr std::string_view by_size_name = "BySize";

// Reads "Name=123" if the word begins with that name, piece by piece so that messages can point.
class WordReader {
 public:
  WordReader(std::string_view word, const TextCursor& cursor) : word_(word), cursor_(cursor) {}

  bool skip(std::string_view text) {
    if (!word_.substr(at_).starts_with(text)) return false;
    at_ += text.size();
    return true;
  }
  void expect(char c) {
    if (!skip({&c, 1})) cursor_.fail(fmt::format("'{}'", c), at_);
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    const char* const start = word_.data() + at_;
    const auto [end, error] = std::from_chars(start, word_.data() + word_.size(), value);
    if (error == std::errc::result_out_of_range) {
      cursor_.fail("a number up to 18446744073709551615", at_);
    }
    if (error != std::errc{}) cursor_.fail("a decimal number", at_);
    if (end - start > 1 && *start == '0') cursor_.fail("a number without leading zeros", at_);
    at_ += static_cast<std::size_t>(end - start);
    return value;
  }
  void expect_end() const {
    if (at_ != word_.size()) cursor_.fail("the end of the field", at_);
  }
  [[nodiscard]] bool begins_field(std::string_view name) const {
    return word_.starts_with(name) && word_.substr(name.size()).starts_with('=');
  }

 private:
  std::string_view word_;
  const TextCursor& cursor_;
  std::size_t at_ = 0;
};

void append_field(std::string& out, std::string_view name, std::uint64_t value) {
  fmt::format_to(std::back_inserter(out), " {}={}", name, value);
}

}  // namespace

void append_text(std::string& out, const MemStats& stats) {
  out += "memstats";
  for (const MemStatsField& field : mem_stats_fields()) {
    const std::uint64_t value = stats.*field.member;
    if (field.always_printed || value != 0) append_field(out, field.name, value);
  }
  char separator = '=';
  fmt::format_to(std::back_inserter(out), " {}", by_size_name);
  for (const BySizeEntry& entry : stats.by_size) {
    fmt::format_to(std::back_inserter(out), "{}{}:{}:{}", separator, entry.size, entry.mallocs,
                   entry.frees);
    separator = ',';
  }
}

std::string to_string(const MemStats& stats) {
  std::string out;
  append_text(out, stats);
  return out;
}

MemStats take_mem_stats(TextCursor& cursor) {
  MemStats stats;
  std::string_view word = cursor.take_word();
  for (const MemStatsField& field : mem_stats_fields()) {
    WordReader reader(word, cursor);
    if (!reader.begins_field(field.name)) {
      if (!field.always_printed) continue;
      cursor.fail(fmt::format("the field {}", field.name));
    }
    (void)reader.skip(field.name);
    reader.expect('=');
    stats.*field.member = reader.number();
    reader.expect_end();
    word = cursor.take_word();
  }
  WordReader reader(word, cursor);
  if (!reader.begins_field(by_size_name)) {
    cursor.fail(fmt::format("the field {}", by_size_name));
  }
  (void)reader.skip(by_size_name);
  char separator = '=';
  for (BySizeEntry& entry : stats.by_size) {
    reader.expect(separator);
    entry.size = reader.number();
    reader.expect(':');
    entry.mallocs = reader.number();
    reader.expect(':');
    entry.frees = reader.number();
    separator = ',';
  }
  reader.expect_end();
  cursor.expect_end();
  return stats;
}

}  // namespace heaplaw
