#include "oracle/recording/goal_rule.h"

#include <algorithm>

#include <fmt/format.h>

#include "oracle/laws/heap_chapters.h"
#include "oracle/laws/limit_goal.h"

namespace heaplaw::oracle {

using enum OperationKind;

void GoalRule::follow(const Operation& operation, const Subject& subject) {
  // A new setting commits again, with the sweep behind it.
  if (operation.kind == gc_percent || operation.kind == memory_limit) committed_unswept_ = false;
  if (operation.kind != gc && operation.kind != free_os_memory) return;
  collected_ = committed_unswept_ = true;
  directly_ = operation.kind == gc;
  total_at_collection_ = subject.mem_stats().total_alloc;
}

std::optional<std::string> GoalRule::judge(const MemStats& recorded, const HeapLedger& ledger,
                                           const Release& release, const Subject& subject) {
  if (release < Release{19} || ledger.has_limit()) return std::nullopt;
  if (!ledger.has_percent()) {
    const auto goal = limit_goal(recorded, ledger.memory_limit, release);
    if (!goal) return std::nullopt;
    return recorded.next_gc == *goal ? "" : std::to_string(*goal);
  }
  if (!collected_) return std::nullopt;
  // After a settled collection what is allocated is what was marked and what came since.
  const std::uint64_t since =
      wrapping_subtract(subject.mem_stats().total_alloc, total_at_collection_);
  const std::uint64_t marked = wrapping_subtract(recorded.heap_alloc, since);
  const std::uint64_t minimum = (std::uint64_t{4} << 20U) * ledger.gc_percent / 100;
  const std::uint64_t sweep_room = committed_unswept_ ? marked + (1 << 20) : 0;
  const std::uint64_t least = std::max(minimum, sweep_room);
  if (recorded.next_gc < least) return fmt::format("at least {}", least);
  if (recorded.next_gc == least) return "";
  scanned_.observe(recorded.next_gc, marked, ledger.gc_percent, directly_);
  if (scanned_.candidates() != 0) return "";
  return fmt::format("what {} marked bytes and the same stacks and globals give", marked);
}

}  // namespace heaplaw::oracle
