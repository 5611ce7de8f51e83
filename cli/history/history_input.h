// A history in whatever form somebody has it, told apart by content: a trace as text, a recording
// of a real process, or the bytes of a fuzzer's crash file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/history/lockstep.h"
#include "evidence/peeked_stream.h"
#include "vocabulary/recording.h"
#include "vocabulary/trace.h"

namespace heaplaw::cli {

enum class HistoryKind : std::uint8_t { trace, recording, bytes, other_text };
[[nodiscard]] std::string_view name_of(HistoryKind kind);

// By the first word that is no comment; without one, what is no UTF-8 text is bytes.
[[nodiscard]] HistoryKind kind_of(std::string_view beginning);

// Limits of what is held in memory; longer histories can only be streamed.
inline constexpr std::uint64_t streamed_operations_max = 50'000'000;
inline constexpr std::uint64_t held_operations_max = 10'000'000;
inline constexpr std::uint64_t recorded_operations_max = 500'000;
inline constexpr std::size_t artefact_bytes_max = std::size_t{16} << 20;

class HistoryInput {
 public:
  // "-" is standard input; `as_bytes` whatever it looks like. Throws InputError where it cannot be
  // read or is no history.
  explicit HistoryInput(const std::string& path, bool as_bytes = false);

  [[nodiscard]] HistoryKind kind() const { return kind_; }
  [[nodiscard]] const std::string& name() const { return file_.name(); }

  // One of the three, once. They throw InputError.
  [[nodiscard]] OperationSource operations();  // a trace or bytes, while this input lives
  [[nodiscard]] Trace trace();                 // the same, all of it
  [[nodiscard]] Recording recording();

 private:
  [[nodiscard]] Trace decode();

  evidence::PeekedStream file_;
  HistoryKind kind_;
  Trace decoded_;
};

}  // namespace heaplaw::cli
