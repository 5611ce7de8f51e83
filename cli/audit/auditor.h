// Evaluates every law that applies to what a text tells, and keeps what came of it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence_sink.h"
#include "oracle/laws/dump_laws.h"

namespace heaplaw::cli {

struct Violation {
  std::size_t line = 0;
  std::string process;  // labels, where a text is of several
  std::string field;
  std::string found;
  std::string expected;
};

// What became of one law.
struct LawResult {
  const oracle::LawText* law = nullptr;
  std::uint64_t evaluated = 0;
  std::uint64_t violated = 0;
  // Of those, in snapshots whose figures were not read at one moment: that is no fault.
  std::uint64_t excused = 0;
  std::vector<Violation> violations;               // the first ten
  std::map<std::string, std::uint64_t> unchecked;  // why, how often

  [[nodiscard]] bool fails() const;
};

// Things of one kind that a text holds.
struct FormFound {
  std::uint64_t count = 0;
  std::uint64_t mended = 0;
  std::uint64_t fields = 0;  // figures read
  ReleaseSpan releases;      // that can have printed all of them; empty for several programs
};

class Auditor final : public evidence::EvidenceSink {
 public:
  Auditor();

  void on_gc(std::size_t line, evidence::Shape shape, const GcLine& now,
             const GcLine* before) override;
  void on_old_gc(std::size_t line, evidence::Shape shape, const OldGcLine& now,
                 const OldGcLine* before) override;
  void on_scvg(std::size_t line, evidence::Shape shape, const ScvgLine& now) override;
  void on_scav(std::size_t line, evidence::Shape shape, const ScavLine& now) override;
  void on_gc_forced(std::size_t line, evidence::Shape shape) override;
  void on_snapshot(const evidence::SnapshotOrigin& origin, const Snapshot& now,
                   const Snapshot* before) override;
  void on_record(std::size_t line, const ProfileCounts& counts) override;
  void on_profile(std::size_t line, evidence::Shape shape, const evidence::ProfileHeader& header,
                  const ProfileCounts& sum, bool whole) override;
  void on_refused(std::size_t line, std::string_view why) override;
  void on_foreign(std::size_t line, std::string_view text) override;

  struct Left {
    std::size_t line;
    std::string why;
  };
  [[nodiscard]] const std::vector<LawResult>& laws() const { return laws_; }
  [[nodiscard]] const std::map<std::string, FormFound, std::less<>>& forms() const {
    return forms_;
  }
  [[nodiscard]] const std::vector<Left>& refused() const { return refused_; }  // the first twenty
  [[nodiscard]] std::uint64_t refused_count() const { return refused_count_; }
  [[nodiscard]] const std::vector<Left>& foreign() const { return foreign_; }  // the first three
  [[nodiscard]] std::uint64_t foreign_count() const { return foreign_count_; }
  [[nodiscard]] std::uint64_t evaluations() const;
  [[nodiscard]] bool fails() const;

 private:
  template <typename Subject>
  void judge(std::size_t first, std::span<const oracle::DumpLaw<Subject>> laws,
             const Subject& subject, std::size_t line);
  // What judge_all says of the laws that begin there.
  void count(std::size_t first, std::uint32_t judged, std::size_t line);
  void keep_findings(std::size_t first, std::size_t line);
  void judge_use(std::size_t number, const evidence::SnapshotOrigin& origin, const Snapshot& now,
                 const Snapshot* before);
  void add_violation(LawResult& result, Violation&& violation);
  FormFound& form(std::string_view name);
  void found(FormFound& form, evidence::Shape shape, std::size_t fields,
             const ReleaseSpan& releases);

  std::vector<LawResult> laws_;
  std::map<std::string, FormFound, std::less<>> forms_;
  FormFound* gc_form_ = nullptr;
  oracle::DumpFindings findings_;
  // For each use of a law on heaps:
  struct Use {
    std::uint32_t holds_in = 0;  // bit i: in release line i
    // Fields that were missing last time, and how often: mostly they are missing again.
    FieldSet lacks;
    std::uint64_t* lacked = nullptr;
  };
  std::vector<Use> uses_;
  std::vector<Left> refused_;
  std::uint64_t refused_count_ = 0;
  std::vector<Left> foreign_;
  std::uint64_t foreign_count_ = 0;
};

}  // namespace heaplaw::cli
