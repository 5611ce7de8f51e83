// HeapReleased of a recording, as far as it is known (SC-13, SC-27).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "vocabulary/mem_stats.h"
#include "vocabulary/subject.h"

namespace heaplaw::oracle {

// The background scavenger follows the clock, but it idles while the heap keeps no more than a
// tenth above what was in use at the last collection; a recorder with a ballast sees to that. Then
// HeapReleased is exact, but for the work buffers that the background sweeper gives back before the
// release or after it: none or all of them. Of those that came late some pages may lie in a P's
// cache of pages at the next release, which then misses them again. A heap that grows releases as
// well (SC-24), by a goal in which what start-up left in use counts, and that nobody knows.
class ReleaseRule {
 public:
  explicit ReleaseRule(Bytes work_buffers) : work_buffers_(work_buffers) {}

  // At each snapshot; the first is the reference.
  void begin(const MemStats& recorded, const MemStats& own);
  // Before each operation, with the subject as it is.
  void before(const Operation& operation, const Subject& subject);

  [[nodiscard]] bool exact() const { return idle_; }
  // Empty where the recorded growth of HeapReleased follows the rule; else what it should be.
  [[nodiscard]] std::string judge(const MemStats& recorded, const MemStats& own,
                                  bool just_released);

 private:
  [[nodiscard]] std::uint64_t retained(const MemStats& own) const;
  void expect_idle(std::uint64_t retained);

  Bytes work_buffers_;
  bool idle_ = false;
  MemStats recorded_base_, own_base_;
  // Bytes of late work buffers that may be left: now, and just before the last release.
  std::uint64_t late_max_ = 0;
  std::uint64_t before_release_max_ = 0;
};

}  // namespace heaplaw::oracle
