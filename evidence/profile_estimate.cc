#include "evidence/profile_estimate.h"

#include <cmath>
#include <limits>

namespace heaplaw::evidence {

namespace {

// Towards 0; what does not fit is the nearest that does.
std::int64_t truncated(double value) {
  constexpr double end = 9223372036854775808.0;  // 2^63
  if (value >= end) return std::numeric_limits<std::int64_t>::max();
  if (value <= -end) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(value);
}

}  // namespace

ObjectsAndBytes unsampled(const ObjectsAndBytes& samples, std::int64_t rate) {
  if (samples.objects == 0 || samples.bytes == 0) return {};
  // At 1 everything is counted; below, nobody knows.
  if (rate <= 1) return samples;
  const auto objects = static_cast<double>(samples.objects);
  const auto bytes = static_cast<double>(samples.bytes);
  const double scale = 1 / (1 - std::exp(-(bytes / objects) / static_cast<double>(rate)));
  return {truncated(objects * scale), truncated(bytes * scale)};
}

ProfileCounts estimate_of(const ProfileCounts& samples, std::int64_t rate) {
  const ObjectsAndBytes live = unsampled({samples.live_objects, samples.live_bytes}, rate);
  const ObjectsAndBytes all = unsampled({samples.all_objects, samples.all_bytes}, rate);
  return {live.objects, live.bytes, all.objects, all.bytes};
}

}  // namespace heaplaw::evidence
