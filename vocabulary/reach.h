// Marked states: places in the code that a test run must have been to, counted. A suite that never
// gets to "run across arenas" has proved nothing about it, however green.
//
//   HEAPLAW_REACH("pages: run across chunks");
//
// Counting costs a load and a store: threads that race may lose counts, never a first one for ever.
// Every mark of the program is listed, those never reached with zero, as soon as the program has
// started.
//
// HEAPLAW_REACH_APART marks what no history brings about, since the simulated kernel never does it
// or the runtime uses a structure only in part: tests of the structure alone must reach it.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>
#include <vector>

namespace heaplaw {

// Who can reach a mark.
enum class ReachBy : std::uint8_t { history, structure_alone };

// One mark; lives as long as the program.
class ReachPoint {
 public:
  ReachPoint(const char* name, ReachBy by, const char* file, int line);

  void count() { count_.store(times() + 1, std::memory_order_relaxed); }

  [[nodiscard]] std::string_view name() const { return name_; }
  [[nodiscard]] ReachBy by() const { return by_; }
  [[nodiscard]] std::string_view file() const { return file_; }
  [[nodiscard]] int line() const { return line_; }
  [[nodiscard]] std::uint64_t times() const { return count_.load(std::memory_order_relaxed); }

 private:
  friend std::vector<const ReachPoint*> reach_points();
  friend void reset_reach();

  const char* name_;
  ReachBy by_;
  const char* file_;
  int line_;
  std::atomic<std::uint64_t> count_{0};
  ReachPoint* next_;
};

// All marks of the program, by name; marks of one name are told apart by file and line.
[[nodiscard]] std::vector<const ReachPoint*> reach_points();
// All counts back to zero.
void reset_reach();

namespace detail {
// A mark registers itself before main because its tag is a type, and the point a static member of
// a template over it: a function-local static would register only when first reached.
template <typename Tag>
struct ReachOf {
  static inline ReachPoint point{Tag::name(), Tag::by(), Tag::file(), Tag::line()};
};
}  // namespace detail

}  // namespace heaplaw

#define HEAPLAW_REACH(text) HEAPLAW_REACH_BY(text, history)
#define HEAPLAW_REACH_APART(text) HEAPLAW_REACH_BY(text, structure_alone)

#define HEAPLAW_REACH_BY(text, who)                                                \
  do {                                                                             \
    struct ReachTag {                                                              \
      static constexpr const char* name() { return text; }                         \
      static constexpr ::heaplaw::ReachBy by() { return ::heaplaw::ReachBy::who; } \
      static constexpr const char* file() { return __FILE__; }                     \
      static constexpr int line() { return __LINE__; }                             \
    };                                                                             \
    ::heaplaw::detail::ReachOf<ReachTag>::point.count();                           \
  } while (false)
