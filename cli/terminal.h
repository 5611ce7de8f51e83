// Where a command speaks: its results, its complaints, and how much of a person is listening.
#pragma once

#include <chrono>
#include <iosfwd>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ostream.h>

namespace heaplaw::cli {

// The command's promises to scripts.
enum class Exit : int { holds = 0, violated = 1, bad_input = 2 };

struct Terminal {
  std::ostream& out;
  std::ostream& err;
  bool color = false;     // out is a terminal that shows colours
  bool progress = false;  // err is a terminal, so a line may be rewritten
  bool json = false;      // --json: results as one JSON document

  template <typename... Values>
  void print(fmt::format_string<Values...> format, Values&&... values) const {
    fmt::print(out, format, std::forward<Values>(values)...);
  }
  template <typename... Values>
  void complain(fmt::format_string<Values...> format, Values&&... values) const {
    fmt::print(err, format, std::forward<Values>(values)...);
  }

  [[nodiscard]] std::string good(std::string_view text) const;
  [[nodiscard]] std::string bad(std::string_view text) const;
};

// 1,234,567
[[nodiscard]] std::string grouped(std::uint64_t n);

// A line on standard error that says how far a long job is. Silent where nobody watches and for
// jobs that end within two seconds.
class Progress {
 public:
  explicit Progress(const Terminal& terminal) : terminal_(terminal) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  void show(std::string_view line);
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  const Terminal& terminal_;
  Clock::time_point quiet_until_ = Clock::now() + std::chrono::seconds(2);
  bool shown_ = false;
};

}  // namespace heaplaw::cli
