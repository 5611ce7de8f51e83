// A law as data: what must hold, where it holds, how strictly, and who says so.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace heaplaw::oracle {

enum class Strength : unsigned char {
  exact,     // a violation is a fault
  bounded,   // holds up to a stated slack, such as what a format rounds away
  advisory,  // breaking it is legal and worth knowing
};
[[nodiscard]] std::string_view name_of(Strength strength);

// What is known of a law without running it; `heaplaw laws` prints it.
struct LawText {
  std::string_view id;         // "tail-at-most-an-eighth": lasts, since regressions cite it
  std::string_view statement;  // one sentence, true in the releases named
  std::string_view releases;   // "1.8 -", "1.0 - 1.7"
  Strength strength;
  std::string_view source;  // spec section or tag, article, or file of the release
};

// One violation: where, what stands there, and what the law expects in its place.
template <typename Spot>
struct Finding {
  const LawText* law;
  Spot spot;
  std::string found;
  std::string expected;
};

// Collects the findings of many laws. A hostile subject can break a law at a million places, so a
// law keeps its first few and counts the rest.
template <typename Spot>
class Findings {
 public:
  static constexpr std::size_t kept_per_law = 100;

  void begin(const LawText& law) {
    law_ = &law;
    of_this_law_ = 0;
  }
  void add(Spot spot, std::string found, std::string expected) {
    ++total_;
    if (++of_this_law_ > kept_per_law) return;
    kept_.push_back({law_, spot, std::move(found), std::move(expected)});
  }
  // Counts one comparison that was really made: a law that compared nothing proves nothing.
  void compared(std::size_t times = 1) { compared_ += times; }

  [[nodiscard]] const std::vector<Finding<Spot>>& kept() const { return kept_; }
  [[nodiscard]] std::size_t total() const { return total_; }
  [[nodiscard]] std::size_t comparisons() const { return compared_; }

 private:
  const LawText* law_ = nullptr;
  std::size_t of_this_law_ = 0;
  std::size_t total_ = 0;
  std::size_t compared_ = 0;
  std::vector<Finding<Spot>> kept_;
};

template <typename Subject, typename Spot>
struct Law {
  LawText text;
  void (*judge)(const Subject&, Findings<Spot>&);
};

}  // namespace heaplaw::oracle
