#include "evidence/source_text.h"

#include <algorithm>

#include <fmt/format.h>

namespace heaplaw::evidence {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

// One row per shape of a sequence: its first byte's range, its length, and the range of the second
// byte, which rules out overlong forms, surrogates and what lies above U+10FFFF.
struct SequenceShape {
  unsigned char first_min, first_max;
  std::size_t length;
  unsigned char second_min, second_max;
};
constexpr SequenceShape sequence_shapes[] = {
    {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xe0, 0xe0, 3, 0xa0, 0xbf}, {0xe1, 0xec, 3, 0x80, 0xbf},
    {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf}, {0xf0, 0xf0, 4, 0x90, 0xbf},
    {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

// The length of the sequence at the front of the text; 0 if it is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  for (const SequenceShape& shape : sequence_shapes) {
    if (byte(0) < shape.first_min || byte(0) > shape.first_max) continue;
    if (text.size() < shape.length) return 0;
    if (byte(1) < shape.second_min || byte(1) > shape.second_max) return 0;
    for (std::size_t i = 2; i < shape.length; ++i) {
      if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
    }
    return shape.length;
  }
  return 0;
}

// The offset of the first byte that no text holds, or the text's size.
std::size_t end_of_good_text(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == 0) break;
    const std::size_t length = byte < 0x80 ? 1 : sequence_length(text.substr(i));
    if (length == 0) break;
    i += length;
  }
  return i;
}

}  // namespace

LineIndex::LineIndex(std::string_view file_name, std::string_view text, std::size_t first_column_at)
    : file_name_(file_name), starts_{first_column_at} {
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    starts_.push_back(at + 1);
  }
}

Place LineIndex::place(std::size_t offset) const {
  const auto next = std::upper_bound(starts_.begin() + 1, starts_.end(), offset);
  const std::size_t start = *(next - 1);
  return {.file = file_name_,
          .line = static_cast<std::size_t>(next - starts_.begin()),
          .column = std::max(offset, start) - start + 1};
}

SourceText::SourceText(std::string_view text, std::string_view file_name)
    : text_(text),
      begin_(text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0),
      lines_(file_name, text, begin_) {
  const std::size_t good = end_of_good_text(text);
  if (good == text.size()) return;
  const auto bad = static_cast<unsigned char>(text[good]);
  fail(good, bad == 0 ? "a NUL byte" : fmt::format("the byte 0x{:02x}, which is not UTF-8", bad),
       "text");
}

void SourceText::fail(std::size_t offset, std::string_view found, std::string_view expected) const {
  throw InputError(lines_.place(offset), found, expected);
}

}  // namespace heaplaw::evidence
