#include "cli/explain/moments.h"

#include <algorithm>

#include "evidence/gc_trace.h"
#include "evidence/profile_estimate.h"

namespace heaplaw::cli {

using evidence::Bounds;
using evidence::Shape;

template <typename Line>
void Moments::take(std::string_view form, std::size_t line, const Line& now) {
  evidence::take(trace_, now, evidence::releases_of(now));
  emit({.form = std::string(form), .line = line, .figures = trace_});
}

void Moments::on_gc(std::size_t line, Shape, const GcLine& now, const GcLine*) {
  take("gctrace", line, now);
}
void Moments::on_old_gc(std::size_t line, Shape, const OldGcLine& now, const OldGcLine*) {
  take("gctrace", line, now);
}
void Moments::on_scvg(std::size_t line, Shape, const ScvgLine& now) {
  if (now.what == ScvgLine::What::heap) take("scavenger trace", line, now);
}
void Moments::on_scav(std::size_t line, Shape, const ScavLine& now) {
  take("scavenger trace", line, now);
}

void Moments::on_snapshot(const evidence::SnapshotOrigin& origin, const Snapshot& now,
                          const Snapshot*) {
  Moment moment{.form = std::string(origin.form),
                .process = origin.process,
                .line = origin.line,
                .figures = evidence::figures_of(now, origin.releases),
                .max_rss = now.max_rss};
  const auto sampled = std::exchange(sampled_live_, std::nullopt);
  const evidence::Figures& f = moment.figures;
  if (!f.sys && !f.heap_alloc && !f.heap_inuse && !f.heap_sys) return;
  if (sampled && origin.form == "heap profile") {
    moment.figures.sampled_live = Bounds::exactly(*sampled);
  }
  emit(std::move(moment));
}

void Moments::on_profile_begin(std::size_t, const evidence::ProfileHeader& header) {
  rate_ = header.twice_rate / 2;
  live_estimate_ = 0;
  sampled_live_.reset();
}

void Moments::on_record(std::size_t, const ProfileCounts& counts) {
  const std::int64_t live =
      evidence::unsampled({counts.live_objects, counts.live_bytes}, rate_).bytes;
  (void)__builtin_add_overflow(live_estimate_, live, &live_estimate_);
}

void Moments::on_profile(std::size_t, Shape, const evidence::ProfileHeader&, const ProfileCounts&,
                         bool whole) {
  if (whole && rate_ > 0 && live_estimate_ >= 0) {
    sampled_live_ = static_cast<std::uint64_t>(live_estimate_);
  }
}

void Moments::on_refused(std::size_t line, std::string_view why) {
  if (!refused_.empty()) return;
  refused_ = why;
  refused_line_ = line;
}

void Moments::emit(Moment&& moment) {
  moment.number = ++count_;
  const auto& inuse = moment.figures.heap_inuse;
  const auto known = peaks_.find(moment.process);
  if (known != peaks_.end()) moment.inuse_peak = known->second;
  if (inuse && (known != peaks_.end() || peaks_.size() < processes_max)) {
    std::uint64_t& peak = peaks_[moment.process];
    peak = std::max(peak, inuse->lower);
  }
  each_(std::move(moment));
}

}  // namespace heaplaw::cli
