#include "vocabulary/recording.h"

#include <utility>

#include <fmt/format.h>

#include "vocabulary/mem_stats_text.h"
#include "vocabulary/operation_text.h"

namespace heaplaw {

namespace {

constexpr std::string_view header = "heaplaw-recording";
constexpr std::string_view memstats_word = "memstats";
// 61 classes and 27 fields of 20 digits are longer than a trace's line may be.
constexpr std::size_t line_bytes_max = 8192;

Address take_address(TextCursor& cursor) {
  if (const auto address = cursor.take_hex()) return Address{*address};
  cursor.fail("an address as in 0xc000200000");
}

std::string take_name(TextCursor& cursor, std::string_view what) {
  const std::string_view word = cursor.take_word();
  if (word.empty()) cursor.fail(what);
  return std::string(word);
}

class Reader {
 public:
  Reader(LineReader lines, TraceLimits limits) : lines_(std::move(lines)), limits_(limits) {}

  Recording read() {
    read_header();
    while (next_line()) read_step();
    if (recording_.stats.empty()) {
      fail_at_end("a sync line or the first memstats line: the recording is truncated");
    }
    return std::move(recording_);
  }

 private:
  // The next line that says something; the cursor stands behind its first word.
  bool next_line() {
    std::string_view text;
    while (lines_.next(text)) {
      cursor_ = TextCursor(text, lines_.file(), lines_.number());
      if (!lines_.ended()) {
        throw InputError(lines_.place(text.size() + 1), "the end of the file",
                         "a line end: the recording is truncated");
      }
      word_ = cursor_.take_word();
      if (!word_.empty()) return true;
    }
    return false;
  }
  [[noreturn]] void fail_at_end(std::string_view expected) const {
    throw InputError({lines_.file(), lines_.number() + 1, 1}, "the end of the file", expected);
  }
  void expect_line(std::string_view word, std::string_view expected) {
    if (!next_line()) fail_at_end(expected);
    if (word_ != word) cursor_.fail(expected);
  }

  void read_header() {
    expect_line(header, "the header 'heaplaw-recording 1'");
    if (cursor_.take_number("the version") != 1) cursor_.fail("version 1");
    cursor_.expect_end();
    expect_line("runtime", "a line 'runtime RELEASE OS ARCHITECTURE'");
    recording_.trace.release = take_release(cursor_);
    recording_.os = take_name(cursor_, "an operating system's name");
    recording_.architecture = take_name(cursor_, "an architecture's name");
    cursor_.expect_end();
    expect_line("region", "a line 'region ADDRESS BYTES'");
    recording_.region = take_address(cursor_);
    recording_.region_size = Bytes{cursor_.take_number("a size in bytes")};
    cursor_.expect_end();
    expect_line("kept", "a line 'kept OBJECTS'");
    recording_.kept = cursor_.take_number("a number of objects");
    cursor_.expect_end();
  }

  void read_step() {
    const bool calibrated = !recording_.stats.empty();
    if (word_ == memstats_word) return read_stats();
    if (!calibrated && word_ == "sync") return read_sync();
    if (!calibrated) cursor_.fail("a sync line or the first memstats line");
    cursor_ = cursor_.rewound();
    read_operation();
  }

  void read_sync() {
    SyncObject sync;
    sync.size = Bytes{cursor_.take_number("a size in bytes")};
    sync.object = take_object_kind(cursor_);
    sync.address = take_address(cursor_);
    cursor_.expect_end();
    recording_.syncs.push_back(sync);
  }

  void read_stats() {
    check_limit();
    recording_.stats.push_back(take_mem_stats(cursor_));
    add(Operation::read_memstats(), Address{});
  }

  void read_operation() {
    const OperationKind kind = take_operation_kind(cursor_);
    if (kind == OperationKind::read_memstats) cursor_.fail("memstats and what it said");
    check_limit();
    const Operation operation = take_operation(kind, cursor_, recording_.trace.procs, rules_);
    const bool has_address = kind == OperationKind::alloc && !cursor_.at_end();
    const Address address = has_address ? take_address(cursor_) : Address{};
    if (has_address && address == Address{}) cursor_.fail("an address other than 0");
    cursor_.expect_end();
    add(operation, address);
  }

  void check_limit() const {
    if (recording_.trace.operations.size() < limits_.operations_max) return;
    cursor_.fail("more operations", fmt::format("{} at most", limits_.operations_max));
  }
  void add(const Operation& operation, Address address) {
    recording_.trace.operations.push_back(operation);
    recording_.addresses.push_back(address);
  }

  LineReader lines_;
  TraceLimits limits_;
  Recording recording_;
  TraceRules rules_{1};
  TextCursor cursor_{"", "", 0};
  std::string_view word_;
};

void append_header(std::string& out, const Recording& recording) {
  out += fmt::format("{} 1\nruntime {} {} {}\nregion {} {}\nkept {}\n", header,
                     recording.trace.release, recording.os, recording.architecture,
                     recording.region, recording.region_size, recording.kept);
  for (const SyncObject& sync : recording.syncs) {
    out += fmt::format("sync {} {} {}\n", sync.size, name_of(sync.object), sync.address);
  }
}

}  // namespace

Recording parse_recording(std::string_view text, std::string file, TraceLimits limits) {
  return Reader(LineReader(text, std::move(file), line_bytes_max), limits).read();
}

Recording read_recording(std::istream& stream, std::string file, TraceLimits limits) {
  return Reader(LineReader(stream, std::move(file), line_bytes_max), limits).read();
}

std::string print(const Recording& recording) {
  std::string out;
  append_header(out, recording);
  auto stats = recording.stats.begin();
  for (std::size_t i = 0; i < recording.trace.operations.size(); ++i) {
    const Operation& operation = recording.trace.operations[i];
    if (operation.kind == OperationKind::read_memstats) {
      append_text(out, *stats++);
    } else {
      append_text(out, operation);
    }
    if (recording.addresses[i] != Address{}) out += fmt::format(" {}", recording.addresses[i]);
    out += '\n';
  }
  return out;
}

}  // namespace heaplaw
