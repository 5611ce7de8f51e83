#include "cli/history/history_input.h"

#include <algorithm>
#include <array>
#include <memory>

#include "vocabulary/input_error.h"
#include "vocabulary/line_reader.h"
#include "vocabulary/trace_bytes.h"

namespace heaplaw::cli {

namespace {

constexpr std::string_view blanks = " \t\r";

// The first word that is not in a comment.
std::string_view first_word(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    if (!line.empty() && !line.starts_with('#')) {
      return line.substr(0, line.find_first_of(blanks));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {};
}

// How many bytes follow one that begins a code point of UTF-8; nothing if none may begin so.
std::optional<std::size_t> continuations(unsigned char first) {
  if (first == '\t' || first == '\n' || first == '\r' || (first >= ' ' && first < 0x7f)) return 0;
  if (first >= 0xc2 && first < 0xe0) return 1;
  if (first >= 0xe0 && first < 0xf0) return 2;
  if (first >= 0xf0 && first < 0xf5) return 3;
  return std::nullopt;
}

bool is_text(std::string_view text) {
  std::size_t awaited = 0;  // a code point may be cut at the end
  return std::ranges::all_of(text, [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (awaited > 0) {
      --awaited;
      return (byte & 0xc0U) == 0x80U;
    }
    const auto more = continuations(byte);
    awaited = more.value_or(0);
    return more.has_value();
  });
}

}  // namespace

std::string_view name_of(HistoryKind kind) {
  constexpr std::array<std::string_view, 4> names = {"trace", "recording", "bytes", "text"};
  return names[static_cast<std::size_t>(kind)];
}

HistoryKind kind_of(std::string_view beginning) {
  const std::string_view word = first_word(beginning);
  if (word == "heaplaw-trace") return HistoryKind::trace;
  if (word == "heaplaw-recording") return HistoryKind::recording;
  return is_text(beginning) ? HistoryKind::other_text : HistoryKind::bytes;
}

HistoryInput::HistoryInput(const std::string& path, bool as_bytes)
    : file_(path), kind_(as_bytes ? HistoryKind::bytes : kind_of(file_.beginning())) {
  if (kind_ != HistoryKind::other_text) return;
  const std::string_view word = first_word(file_.beginning());
  const std::string found = !word.empty()               ? quote(word)
                            : file_.beginning().empty() ? "an empty file"
                                                        : "nothing but comments where it begins";
  throw InputError({.file = name()}, found,
                   "the header 'heaplaw-trace 1' or 'heaplaw-recording 1', or a fuzzer's bytes "
                   "(--bytes, if they look like text)");
}

Trace HistoryInput::decode() {
  const std::string bytes = file_.read_all(artefact_bytes_max);
  return decode_trace({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

OperationSource HistoryInput::operations() {
  if (kind_ == HistoryKind::bytes) {
    decoded_ = decode();
    return operations_of(decoded_);
  }
  const auto reader = std::make_shared<TraceReader>(
      LineReader(file_.stream(), name()), TraceLimits{.operations_max = streamed_operations_max});
  return {.release = reader->release(),
          .procs = reader->procs(),
          .next = [reader](Operation& operation) { return reader->next(operation); }};
}

Trace HistoryInput::trace() {
  if (kind_ == HistoryKind::bytes) return decode();
  return read_trace(file_.stream(), name(), {.operations_max = held_operations_max});
}

Recording HistoryInput::recording() {
  return read_recording(file_.stream(), name(), {.operations_max = recorded_operations_max});
}

}  // namespace heaplaw::cli
