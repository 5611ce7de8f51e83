#include "oracle/shrink.h"

#include <algorithm>
#include <utility>

#include "oracle/shrink_steps.h"

namespace heaplaw::oracle {

namespace {

class Shrinker {
 public:
  Shrinker(const Trace& trace, const FailsAt& fails_at, const ShrinkBudget& budget,
           const OnSmaller& on_smaller)
      : fails_at_(fails_at),
        on_smaller_(on_smaller),
        budget_(budget),
        deadline_(Clock::now() + budget.time_max),
        best_(trace) {}

  Shrunk run() {
    if (!accept_first()) return {.trace = best_, .runs = runs_, .finished = !over_};
    cut_front();
    for (bool smaller = true; smaller && !over_;) {
      const std::size_t before = best_.operations.size();
      cut_kinds();
      cut_ranges();
      cut_pairs();
      simplify();
      // Simpler values alone seldom open the way for another cut, and never a long one.
      smaller = best_.operations.size() < before;
    }
    return {.trace = best_, .runs = runs_, .failed = true, .finished = !over_};
  }

 private:
  using Clock = std::chrono::steady_clock;

  // Everything after the first failure is dead weight, so each run that fails cuts it off.
  bool accept_first() {
    const auto at = fails(best_);
    if (!at) return false;
    best_.operations.resize(*at + 1);
    improved();
    (void)attempt_equal(renumbered(best_));
    (void)attempt(with_fewest_procs(best_));
    return true;
  }

  // Much that goes wrong has its cause shortly before. Short runs cost little, so that all of these
  // together cost no more than one long one.
  void cut_front() {
    constexpr std::size_t shortest = 32;
    const std::size_t all = best_.operations.size();
    for (std::size_t kept = shortest; kept < all / 2 && !over_; kept *= 4) {
      if (attempt(without_range(best_, 0, all - kept))) return;
    }
  }

  void cut_kinds() {
    for (std::size_t kind = 0; kind < operation_kind_count; ++kind) {
      (void)attempt(without_kind(best_, static_cast<OperationKind>(kind)));
    }
  }

  // Halves, quarters and so on down to single operations. From the back: what is near the failure
  // matters most, so that the front falls in few large pieces once the back is known.
  void cut_ranges() {
    for (std::size_t length = std::max<std::size_t>(best_.operations.size() / 2, 1);; length /= 2) {
      std::size_t end = best_.operations.size();
      while (end > 0 && !over_) {
        const std::size_t first = end > length ? end - length : 0;
        cut_range(first, end - first);
        // A cut may have taken more than the range: what depended on it, and what came after.
        end = std::min(first, best_.operations.size());
      }
      if (length <= 1 || over_) return;
    }
  }

  void cut_range(std::size_t first, std::size_t count) {
    if (attempt(without_range(best_, first, count)) || count == 1) return;
    const auto begin = best_.operations.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = begin + static_cast<std::ptrdiff_t>(count);
    const auto has = [&](OperationKind kind, std::ptrdiff_t at_least) {
      return std::ranges::count(begin, end, kind, &Operation::kind) >= at_least;
    };
    const bool allocs = has(OperationKind::alloc, 2);
    if (has(OperationKind::drop, 2) && attempt(without_drops(best_, first, count))) return;
    if (allocs) (void)attempt(with_merged_allocs(best_, first, count));
  }

  // What only falls together: an operation and a far one that undoes it, allocations apart.
  void cut_pairs() {
    constexpr std::size_t few = 64;
    if (best_.operations.size() > few) return;
    for (std::size_t above = best_.operations.size(); above > 0; --above) {
      const std::size_t i = above - 1;
      for (std::size_t j = i + 1; j < best_.operations.size() && !over_; ++j) {
        if (attempt(with_merged_allocs(best_, i, j - i + 1))) continue;
        (void)attempt(without_range(without_range(best_, j, 1), i, 1));
      }
    }
  }

  void simplify() {
    (void)attempt(with_fewest_procs(best_));
    // Long histories are read by nobody: their values can wait until the cuts are through.
    if (best_.operations.size() > 2000) return;
    for (std::size_t i = 0; i < best_.operations.size() && !over_; ++i) {
      for (bool better = true; better && !over_ && i < best_.operations.size();) {
        const auto candidates = simpler(best_.operations[i]);
        better = std::ranges::any_of(candidates, [&](const Operation& operation) {
          Trace candidate = best_;
          candidate.operations[i] = operation;
          return attempt(std::move(candidate));
        });
      }
    }
    (void)attempt_equal(renumbered(best_));
  }

  bool attempt(Trace candidate) {
    const std::size_t size = candidate.operations.size();
    if (size > best_.operations.size()) return false;
    if (size == best_.operations.size() && complexity(candidate) >= complexity(best_)) return false;
    return attempt_equal(std::move(candidate));
  }

  // Also for a candidate that is only nicer.
  bool attempt_equal(Trace candidate) {
    if (over_ || candidate == best_) return false;
    const auto at = fails(candidate);
    if (!at) return false;
    candidate.operations.resize(*at + 1);
    best_ = std::move(candidate);
    improved();
    return true;
  }

  std::optional<std::size_t> fails(const Trace& candidate) {
    over_ |= runs_ == budget_.runs_max || Clock::now() >= deadline_ || interrupted();
    if (over_ || candidate.operations.empty()) return std::nullopt;
    ++runs_;
    const auto at = fails_at_(candidate);
    if (!at) return at;
    return std::min(*at, candidate.operations.size() - 1);
  }

  [[nodiscard]] bool interrupted() const { return budget_.interrupted && *budget_.interrupted; }

  void improved() {
    if (on_smaller_ && !on_smaller_(best_)) over_ = true;
  }

  const FailsAt& fails_at_;
  const OnSmaller& on_smaller_;
  const ShrinkBudget& budget_;
  Clock::time_point deadline_;
  Trace best_;
  std::uint64_t runs_ = 0;
  bool over_ = false;
};

}  // namespace

Shrunk shrink(const Trace& trace, const FailsAt& fails_at, const ShrinkBudget& budget,
              const OnSmaller& on_smaller) {
  return Shrinker(trace, fails_at, budget, on_smaller).run();
}

}  // namespace heaplaw::oracle
