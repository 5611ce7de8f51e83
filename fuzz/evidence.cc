// Any bytes as what somebody pasted: every line number lies in the text, figures come only from
// digits that are there, and a text says the same in one piece and in two.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "evidence/evidence_reader.h"
#include "evidence/gc_trace.h"
#include "vocabulary/check.h"

namespace heaplaw::evidence {
namespace {

class Witness final : public EvidenceSink {
 public:
  explicit Witness(std::size_t lines) : lines_(lines) {}
  std::vector<std::string> said;

  void on_gc(std::size_t line, Shape, const GcLine& now, const GcLine* before) override {
    HEAPLAW_CHECK(!before || before->number + 1 == now.number, "gc {} is no step", now.number);
    add(line, print(now));
  }
  void on_old_gc(std::size_t line, Shape, const OldGcLine& now, const OldGcLine*) override {
    add(line, print(now));
  }
  void on_scvg(std::size_t line, Shape, const ScvgLine& now) override { add(line, print(now)); }
  void on_scav(std::size_t line, Shape, const ScavLine& now) override { add(line, print(now)); }
  void on_gc_forced(std::size_t line, Shape) override { add(line, "forced"); }
  void on_snapshot(const SnapshotOrigin& origin, const Snapshot& now, const Snapshot*) override {
    std::string figures;
    for (std::size_t i = 0; i < mem_stats_fields().size(); ++i) {
      const std::uint64_t value = now.stats.*mem_stats_fields()[i].member;
      HEAPLAW_CHECK(now.has.contains(i) || value == 0, "a figure that was not read");
      figures += fmt::format(" {}", value);
    }
    add(origin.line, std::string(origin.form) + figures);
  }
  void on_record(std::size_t line, const ProfileCounts& counts) override {
    add(line, fmt::format("record {}", counts.all_bytes));
  }
  void on_profile(std::size_t line, Shape, const ProfileHeader&, const ProfileCounts& sum,
                  bool whole) override {
    add(line, fmt::format("profile {} {}", sum.all_bytes, whole));
  }
  void on_refused(std::size_t line, std::string_view why) override { add(line, std::string(why)); }
  void on_foreign(std::size_t line, std::string_view text) override {
    add(line, std::string(text));
  }

 private:
  void add(std::size_t line, std::string what) {
    HEAPLAW_CHECK(line >= 1 && line <= lines_, "line {} of {}: {}", line, lines_, what);
    said.push_back(fmt::format("{} {}", line, what));
  }
  std::size_t lines_;
};

void check(std::string_view text) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  Witness whole(lines);
  read_evidence(text, whole);

  const std::size_t middle = text.find('\n', text.size() / 2);
  if (middle == text.npos) return;
  Witness pieces(lines);
  EvidenceReader reader(pieces);
  for (const std::string_view piece : {text.substr(0, middle + 1), text.substr(middle + 1)}) {
    EvidenceBlock block;
    block.scan(piece);
    reader.take(block);
  }
  reader.finish();
  HEAPLAW_CHECK(pieces.said == whole.said, "two pieces say something else");
}

}  // namespace
}  // namespace heaplaw::evidence

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heaplaw::evidence::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
