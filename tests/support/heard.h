// A sink that writes down what it hears, a line each.
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "evidence/evidence_sink.h"
#include "evidence/gc_trace.h"

namespace heaplaw::evidence {

class Heard final : public EvidenceSink {
 public:
  std::vector<std::string> lines;
  std::vector<Snapshot> snapshots;

  void on_gc(std::size_t line, Shape shape, const GcLine& now, const GcLine* before) override {
    add(line, shape, fmt::format("gc {} after {}", now.number, before ? before->number : 0));
  }
  void on_old_gc(std::size_t line, Shape shape, const OldGcLine& now,
                 const OldGcLine* before) override {
    add(line, shape, fmt::format("old gc {} after {}", now.number, before ? before->number : 0));
  }
  void on_scvg(std::size_t line, Shape shape, const ScvgLine& now) override {
    add(line, shape, print(now));
  }
  void on_scav(std::size_t line, Shape shape, const ScavLine& now) override {
    add(line, shape, print(now));
  }
  void on_gc_forced(std::size_t line, Shape shape) override { add(line, shape, "GC forced"); }
  void on_snapshot(const SnapshotOrigin& origin, const Snapshot& now,
                   const Snapshot* before) override {
    add(origin.line, origin.shape,
        fmt::format("{} of {} {}: {}{}", origin.form, to_string(origin.releases), origin.process,
                    now.has.names(), before ? ", again" : ""));
    snapshots.push_back(now);
  }
  void on_record(std::size_t line, const ProfileCounts& counts) override {
    add(line, Shape::strict, fmt::format("record of {}", counts.live_bytes));
  }
  void on_profile(std::size_t line, Shape shape, const ProfileHeader& header,
                  const ProfileCounts& sum, bool whole) override {
    add(line, shape,
        fmt::format("profile of {}, sum {}{}", header.total.live_bytes, sum.live_bytes,
                    whole ? "" : ", not whole"));
  }
  void on_refused(std::size_t line, std::string_view why) override {
    add(line, Shape::strict, fmt::format("refused: {}", why));
  }
  void on_foreign(std::size_t line, std::string_view text) override {
    add(line, Shape::strict, fmt::format("foreign: {}", text));
  }

 private:
  void add(std::size_t line, Shape shape, const std::string& what) {
    lines.push_back(fmt::format("{}{}: {}", line, shape == Shape::mended ? " mended" : "", what));
  }
};

}  // namespace heaplaw::evidence
