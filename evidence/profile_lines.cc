#include "evidence/profile_lines.h"

#include <algorithm>
#include <array>

namespace heaplaw::evidence {

namespace {

constexpr std::size_t stack_max = 4096;  // profstackdepth of newer releases goes up to 1024

bool match_counts(LineScanner& line, ProfileCounts& counts) {
  return line.integer(counts.live_objects) && line.literal(": ") &&
         line.integer(counts.live_bytes) && line.literal(" [") &&
         line.integer(counts.all_objects) && line.literal(": ") && line.integer(counts.all_bytes) &&
         line.literal("] @");
}

bool match_tabs(LineScanner& line) {
  if (!line.literal("\t")) return false;
  while (line.skip("\t")) {
  }
  return true;
}

// "main.big+0x5d": names may hold anything but a tab, a plus sign included.
bool match_function(LineScanner& line, ProfileFrame& frame) {
  std::string_view cell;
  LineScanner ahead = line;
  if (!ahead.text_until("\t", cell)) return line.expect("a function");
  const std::size_t plus = cell.rfind("+0x");
  if (plus == cell.npos || plus == 0) return line.expect("FUNCTION+0xOFFSET");
  LineScanner offset(cell.substr(plus + 3));
  if (!offset.hex(frame.offset) || !offset.end()) return line.expect("FUNCTION+0xOFFSET");
  frame.function = cell.substr(0, plus);
  line = ahead;
  return true;
}

// "/go/src/demo/main.go:28": a path may hold colons.
bool match_position(LineScanner& line, ProfileFrame& frame) {
  const std::string_view cell = line.rest();
  const std::size_t colon = cell.rfind(':');
  if (colon == cell.npos || cell.find('\t') != cell.npos) return line.expect("FILE:LINE");
  LineScanner number(cell.substr(colon + 1));
  if (!number.number(frame.line) || !number.end()) return line.expect("FILE:LINE");
  frame.file = cell.substr(0, colon);
  return line.literal(cell);
}

}  // namespace

bool match_profile_header(LineScanner& line, ProfileHeader& header) {
  return line.literal("heap profile: ") && match_counts(line, header.total) &&
         line.literal(" heap/") && line.integer(header.twice_rate) && line.end();
}

bool match_profile_record(LineScanner& line, ProfileRecord& record) {
  record.stack.clear();
  record.frames.clear();
  if (!match_counts(line, record.counts)) return false;
  while (line.skip(" 0x")) {
    std::uint64_t pc = 0;
    if (!line.hex(pc)) return false;
    if (record.stack.size() == stack_max) return line.expect("a shorter stack");
    record.stack.push_back(pc);
  }
  return line.end();
}

bool match_profile_frame(LineScanner& line, ProfileFrame& frame) {
  if (!line.literal("#") || !match_tabs(line) || !line.literal("0x") || !line.hex(frame.pc)) {
    return false;
  }
  if (line.left() == 0) return true;
  return match_tabs(line) && match_function(line, frame) && match_tabs(line) &&
         match_position(line, frame);
}

bool is_foreign_profile_header(std::string_view line) {
  constexpr std::array<std::string_view, 5> kinds = {"heapprofile", "heapz_v2/", "heap_v2/",
                                                     "growthz", "fragmentationz"};
  if (!line.starts_with("heap profile:")) return false;
  return std::ranges::any_of(kinds,
                             [&](std::string_view kind) { return line.find(kind) != line.npos; });
}

}  // namespace heaplaw::evidence
