#include "vocabulary/trace.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "vocabulary/operation_text.h"

namespace heaplaw {

namespace {

constexpr std::string_view header = "heaplaw-trace";

void take_header(TextCursor& cursor) {
  if (cursor.take_word() != header) cursor.fail("the header 'heaplaw-trace 1'");
  if (cursor.take_number("the version") != 1) cursor.fail("version 1");
  cursor.expect_end();
}

unsigned take_procs(TextCursor& cursor) {
  const std::uint64_t procs = cursor.take_number("the number of Ps");
  if (procs < 1 || procs > procs_max) cursor.fail("1 to 64 Ps");
  cursor.expect_end();
  return static_cast<unsigned>(procs);
}

// The line is read again, since only the slow path needs to know where the handle stood.
[[noreturn]] void fail_breach(TextCursor line, Breach breach) {
  const bool stack = breach == Breach::stack_absent;
  (void)line.take_word();
  const std::string found =
      fmt::format("{} {}", stack ? "goroutine" : "handle", quote(line.take_word()));
  switch (breach) {
    case Breach::handle_live:
      line.fail(found + " of a live object", "a handle that is free or was dropped");
    case Breach::handle_dead:
      line.fail(found + " without a live object", "a handle that was allocated and not dropped");
    default:
      line.fail(found + " without a stack", "a goroutine whose stack has grown");
  }
}

}  // namespace

Release take_release(TextCursor& cursor) {
  const auto release = Release::try_parse(cursor.take_word());
  if (!release || release->minor() > newest_release.minor()) {
    cursor.fail(fmt::format("a Go release from {} to {}", oldest_release, newest_release));
  }
  return *release;
}

Operation take_operation(OperationKind kind, TextCursor& cursor, unsigned procs,
                         TraceRules& rules) {
  const Operation operation = take_operands(kind, cursor, procs);
  const Breach breach = rules.follow_well_formed(operation);
  if (breach != Breach::none) [[unlikely]]
    fail_breach(cursor.rewound(), breach);
  return operation;
}

TraceReader::TraceReader(LineReader lines, TraceLimits limits)
    : lines_(std::move(lines)), limits_(limits) {
  read_header();
  rules_ = TraceRules(procs_);
}

void TraceReader::read_header() {
  bool header_seen = false;
  bool release_seen = false;
  bool procs_seen = false;
  while (lines_.next(line_)) {
    TextCursor cursor(line_, lines_.file(), lines_.number());
    TextCursor word(cursor);
    const std::string_view key = word.take_word();
    if (key.empty()) continue;
    if (!header_seen) {
      take_header(cursor);
      header_seen = true;
    } else if (key == "release") {
      if (std::exchange(release_seen, true)) word.fail("a second release", "one at most");
      release_ = take_release(word);
      word.expect_end();
    } else if (key == "procs") {
      if (std::exchange(procs_seen, true)) word.fail("a second number of Ps", "one at most");
      procs_ = take_procs(word);
    } else {
      line_waits_ = true;
      return;
    }
  }
  if (!header_seen) {
    throw InputError({lines_.file(), lines_.number() + 1, 1}, "the end of the file",
                     "the header 'heaplaw-trace 1'");
  }
}

bool TraceReader::next(Operation& operation) {
  while (line_waits_ || lines_.next(line_)) {
    line_waits_ = false;
    TextCursor cursor(line_, lines_.file(), lines_.number());
    if (cursor.at_end()) continue;
    const OperationKind kind = take_operation_kind(cursor);
    if (operations_read_ == limits_.operations_max) {
      cursor.fail("more operations", fmt::format("{} at most", limits_.operations_max));
    }
    operation = take_operation(kind, cursor, procs_, rules_);
    cursor.expect_end();
    ++operations_read_;
    return true;
  }
  return false;
}

namespace {

Trace read_all(TraceReader reader, std::size_t operations_expected = 0) {
  Trace trace{.release = reader.release(), .procs = reader.procs(), .operations = {}};
  trace.operations.reserve(operations_expected);
  Operation operation;
  while (reader.next(operation)) trace.operations.push_back(operation);
  return trace;
}

}  // namespace

Trace parse_trace(std::string_view text, std::string file, TraceLimits limits) {
  constexpr std::size_t usual_line_bytes = 16;
  const std::uint64_t expected =
      std::min<std::uint64_t>(text.size() / usual_line_bytes, limits.operations_max);
  return read_all(TraceReader(LineReader(text, std::move(file)), limits), expected);
}

Trace read_trace(std::istream& stream, std::string file, TraceLimits limits) {
  return read_all(TraceReader(LineReader(stream, std::move(file)), limits));
}

std::string print(const Trace& trace) {
  std::string out = fmt::format("{} 1\nrelease {}\nprocs {}\n", header, trace.release, trace.procs);
  for (const Operation& operation : trace.operations) {
    append_text(out, operation);
    out += '\n';
  }
  return out;
}

}  // namespace heaplaw
