#include <fmt/format.h>

#include "evidence/heap_profile.h"
#include "evidence/mem_stats_section.h"
#include "evidence/tab_columns.h"

namespace heaplaw::evidence {

namespace {

std::string counts_text(const ProfileCounts& c) {
  return fmt::format("{}: {} [{}: {}] @", c.live_objects, c.live_bytes, c.all_objects, c.all_bytes);
}

void append_frames(std::string& out, const std::vector<ProfileFrame>& frames) {
  std::vector<Cells> lines;
  lines.reserve(frames.size());
  for (const ProfileFrame& f : frames) {
    Cells& cells = lines.emplace_back(Cells{"#", fmt::format("0x{:x}", f.pc)});
    if (f.function.empty()) continue;
    cells.push_back(fmt::format("{}+0x{:x}", f.function, f.offset));
    cells.push_back(fmt::format("{}:{}", f.file, f.line));
  }
  append_in_columns(out, lines);
  out += '\n';
}

}  // namespace

std::string print(const HeapProfile& profile) {
  std::string out = fmt::format("heap profile: {} heap/{}\n", counts_text(profile.header.total),
                                profile.header.twice_rate);
  for (const ProfileRecord& record : profile.records) {
    out += counts_text(record.counts);
    for (const std::uint64_t pc : record.stack)
      fmt::format_to(std::back_inserter(out), " 0x{:x}", pc);
    out += '\n';
    if (profile.with_frames) append_frames(out, record.frames);
  }
  if (profile.mem_stats) {
    out += '\n';
    append_mem_stats_section(out, *profile.mem_stats);
  }
  return out;
}

}  // namespace heaplaw::evidence
