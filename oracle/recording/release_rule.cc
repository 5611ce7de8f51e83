#include "oracle/recording/release_rule.h"

#include <algorithm>

#include <fmt/format.h>

#include "oracle/laws/heap_chapters.h"
#include "oracle/laws/heap_figures.h"

namespace heaplaw::oracle {

using enum OperationKind;

namespace {

// What calibration takes after its last collection, which sets the scavenger's goal.
constexpr std::uint64_t calibrated_max = std::uint64_t{64} << 20U;

std::uint64_t retained_in(const MemStats& stats) {
  return wrapping_subtract(wrapping_add(stats.heap_inuse, stats.heap_idle), stats.heap_released);
}

std::uint64_t mapped_in(const MemStats& stats) {
  return wrapping_add(stats.heap_sys, stats.stack_inuse);
}

}  // namespace

void ReleaseRule::begin(const MemStats& recorded, const MemStats& own) {
  recorded_base_ = recorded;
  own_base_ = own;
  idle_ = true;
  expect_idle(retained_in(recorded));
}

// Goals are only ever higher than the one at the beginning, since what was in use then stays so.
void ReleaseRule::expect_idle(std::uint64_t retained) {
  const std::uint64_t inuse = recorded_base_.heap_inuse;
  idle_ = idle_ && inuse > calibrated_max && retained <= (inuse - calibrated_max) / 10 * 11;
}

std::uint64_t ReleaseRule::retained(const MemStats& own) const {
  return wrapping_add(retained_in(recorded_base_),
                      wrapping_subtract(retained_in(own), retained_in(own_base_)));
}

// Retained memory only grows, but at a release; a setting moves the goal.
void ReleaseRule::before(const Operation& operation, const Subject& subject) {
  if (operation.kind == gc_percent || operation.kind == memory_limit) idle_ = false;
  if (operation.kind != free_os_memory || !idle_) return;
  expect_idle(retained(subject.mem_stats()));
  // What a cache of pages keeps is all that can be left of earlier ones.
  before_release_max_ = std::min(late_max_, heap_page.raw() * pages_per_cache);
  late_max_ = before_release_max_ + work_buffers_.raw();
}

std::string ReleaseRule::judge(const MemStats& recorded, const MemStats& own, bool just_released) {
  idle_ = idle_ && mapped_in(own) <= mapped_in(own_base_);
  expect_idle(retained(own));
  if (!idle_) return "";
  const std::uint64_t expected = wrapping_subtract(own.heap_released, own_base_.heap_released);
  const std::uint64_t actual =
      wrapping_subtract(recorded.heap_released, recorded_base_.heap_released);
  const std::uint64_t late = wrapping_subtract(expected, actual);
  const bool none_or_all = late <= before_release_max_ || late >= work_buffers_.raw();
  if (late <= late_max_ && (none_or_all || !just_released)) {
    late_max_ = late;
    return "";
  }
  return fmt::format("grown by {}, or up to {} less for work buffers",
                     static_cast<std::int64_t>(expected), late_max_);
}

}  // namespace heaplaw::oracle
