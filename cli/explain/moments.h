// The moments of a process that a text tells of, one at a time, in whatever format.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "evidence/evidence_sink.h"
#include "evidence/explanation/figures.h"

namespace heaplaw::cli {

struct Moment {
  std::uint64_t number = 0;  // in the text, from 1
  std::string form;          // "heap profile", "JSON", "gctrace"
  std::string process;       // labels that tell several apart; empty where there is one
  std::size_t line = 0;      // where it begins
  evidence::Figures figures;
  std::optional<std::uint64_t> max_rss;
  std::optional<std::uint64_t> inuse_peak;  // in earlier moments of the same process
};

// Each line of a trace is a moment of its own, which keeps what the lines before it told.
class Moments final : public evidence::EvidenceSink {
 public:
  explicit Moments(std::function<void(Moment&&)> each) : each_(std::move(each)) {}

  void on_gc(std::size_t line, evidence::Shape shape, const GcLine& now,
             const GcLine* before) override;
  void on_old_gc(std::size_t line, evidence::Shape shape, const OldGcLine& now,
                 const OldGcLine* before) override;
  void on_scvg(std::size_t line, evidence::Shape shape, const ScvgLine& now) override;
  void on_scav(std::size_t line, evidence::Shape shape, const ScavLine& now) override;
  void on_gc_forced(std::size_t, evidence::Shape) override {}
  void on_snapshot(const evidence::SnapshotOrigin& origin, const Snapshot& now,
                   const Snapshot* before) override;
  void on_profile_begin(std::size_t line, const evidence::ProfileHeader& header) override;
  void on_record(std::size_t line, const ProfileCounts& counts) override;
  void on_profile(std::size_t line, evidence::Shape shape, const evidence::ProfileHeader& header,
                  const ProfileCounts& sum, bool whole) override;
  void on_refused(std::size_t line, std::string_view why) override;
  void on_foreign(std::size_t, std::string_view) override {}

  [[nodiscard]] std::uint64_t count() const { return count_; }
  // The first thing that was known but could not be taken; empty if all could.
  [[nodiscard]] const std::string& refused() const { return refused_; }
  [[nodiscard]] std::size_t refused_line() const { return refused_line_; }

 private:
  template <typename Line>
  void take(std::string_view form, std::size_t line, const Line& now);
  void emit(Moment&& moment);

  static constexpr std::size_t processes_max = 1024;  // whose peaks are kept

  std::function<void(Moment&&)> each_;
  std::uint64_t count_ = 0;
  evidence::Figures trace_;
  std::map<std::string, std::uint64_t> peaks_;
  std::int64_t rate_ = 0;                      // of the profile whose records come
  std::int64_t live_estimate_ = 0;             // of its records so far
  std::optional<std::uint64_t> sampled_live_;  // of the profile before its section
  std::string refused_;
  std::size_t refused_line_ = 0;
};

}  // namespace heaplaw::cli
