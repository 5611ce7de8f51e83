// Checks that stay (HEAPLAW_CHECK) and checks that a build pays for (HEAPLAW_ASSERT).
//
// A failed check throws instead of aborting: the judge reports a broken invariant like any other
// divergence and the shrinker keeps running. Under libFuzzer the uncaught exception still aborts.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace heaplaw {

// A promise of this program was broken: a bug here, never the fault of an input.
class CheckFailure : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

namespace detail {
[[noreturn]] void fail_check(const char* file, int line, std::string_view expression,
                             const std::string& message);
}  // namespace detail

}  // namespace heaplaw

// Always on. The message takes fmt placeholders and should carry the operands' values.
#define HEAPLAW_CHECK(condition, ...)                                          \
  ((condition) ? static_cast<void>(0)                                          \
               : ::heaplaw::detail::fail_check(__FILE__, __LINE__, #condition, \
                                               ::fmt::format(__VA_ARGS__)))

// What check_invariants() may cost: 0 nothing, 1 constant time per operation, 2 whole structures.
#ifndef HEAPLAW_INVARIANTS
#define HEAPLAW_INVARIANTS 0
#endif

// On from invariant level 1; below it is compiled, so that it cannot rot, but never evaluated.
#if HEAPLAW_INVARIANTS >= 1
#define HEAPLAW_ASSERT(condition, ...) HEAPLAW_CHECK(condition, __VA_ARGS__)
#else
#define HEAPLAW_ASSERT(condition, ...) \
  (true || (condition) ? static_cast<void>(0) : static_cast<void>(::fmt::format(__VA_ARGS__)))
#endif
