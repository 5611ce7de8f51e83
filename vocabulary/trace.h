// A heap's history: the one format that counterexamples, fuzz findings, regressions and recordings
// share. The text is
//
//   heaplaw-trace 1
//   release go1.19.8       # default: the newest release whose facts are known
//   procs 1                # default; 1 to 64 Ps
//   alloc 17 100 noscan    # then one operation a line, see operation_rules
//
// A handle names one live object. Its name may be used again once the object is dropped.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/line_reader.h"
#include "vocabulary/operation.h"
#include "vocabulary/release.h"
#include "vocabulary/text_cursor.h"
#include "vocabulary/trace_rules.h"

namespace heaplaw {

struct Trace {
  Release release = newest_release;
  unsigned procs = 1;
  std::vector<Operation> operations;

  bool operator==(const Trace&) const = default;
};

struct TraceLimits {
  std::uint64_t operations_max = 50'000'000;
};

// Operations one by one, in memory that depends on the number of live handles only.
class TraceReader {
 public:
  // Reads up to the first operation. All functions throw InputError.
  explicit TraceReader(LineReader lines, TraceLimits limits = {});

  [[nodiscard]] const Release& release() const { return release_; }
  [[nodiscard]] unsigned procs() const { return procs_; }

  // False at the end.
  [[nodiscard]] bool next(Operation& operation);
  // Of the operation last read.
  [[nodiscard]] Place place() const { return lines_.place(); }
  [[nodiscard]] std::uint64_t operations_read() const { return operations_read_; }

 private:
  void read_header();

  LineReader lines_;
  TraceLimits limits_;
  Release release_ = newest_release;
  unsigned procs_ = 1;
  TraceRules rules_{1};
  std::uint64_t operations_read_ = 0;
  std::string_view line_;  // the first operation's line while it waits
  bool line_waits_ = false;
};

// What readers of other formats that hold operations share with this one. Both throw InputError.
[[nodiscard]] Release take_release(TextCursor& cursor);
// Reads the operands after an operation's word and follows the rules.
[[nodiscard]] Operation take_operation(OperationKind kind, TextCursor& cursor, unsigned procs,
                                       TraceRules& rules);

// `file` is for messages only.
[[nodiscard]] Trace parse_trace(std::string_view text, std::string file, TraceLimits limits = {});
[[nodiscard]] Trace read_trace(std::istream& stream, std::string file, TraceLimits limits = {});

// parse_trace(print(trace)) == trace for every trace without a breach.
[[nodiscard]] std::string print(const Trace& trace);

}  // namespace heaplaw
