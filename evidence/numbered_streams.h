// Sorts the numbered lines of several processes that write to one log: which line came before?
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace heaplaw::evidence {

// Whether the later line can be of the process that printed the earlier one, numbers apart.
// Doubtful is what breaks a law if it is the same process.
enum class Follows : unsigned char { yes, doubtful, no };
template <typename Line>
using HowFollows = Follows (*)(const Line& before, const Line& now);

template <typename Line>
class NumberedStreams {
 public:
  explicit NumberedStreams(HowFollows<Line> follows) : follows_(follows) {}

  // Takes the line in and returns the one before it, valid until the next call: of the stream whose
  // last number is one less. A doubtful one counts while there is no other stream. Null where a
  // stream begins, or lines are missing.
  const Line* take(const Line& now) {
    for (std::size_t i = 0; i < count_; ++i) {
      Stream& stream = streams_[i];
      if (stream.last().number + 1 != now.number) continue;
      const Follows follows = follows_(stream.last(), now);
      if (follows == Follows::yes || (follows == Follows::doubtful && count_ == 1)) {
        return step(stream, now);
      }
    }
    for (std::size_t i = 0; i < count_; ++i) {  // with lines between that are not here
      Stream& stream = streams_[i];
      if (stream.last().number < now.number && follows_(stream.last(), now) == Follows::yes) {
        step(stream, now);
        return nullptr;
      }
    }
    begin(now);
    return nullptr;
  }

  [[nodiscard]] std::uint64_t begun() const { return begun_; }

 private:
  static constexpr std::size_t streams_max = 8;
  struct Stream {
    std::array<Line, 2> lines;  // the last one and the one before it, in turn
    std::size_t at = 0;
    std::uint64_t used = 0;

    [[nodiscard]] const Line& last() const { return lines[at]; }
  };

  const Line* step(Stream& stream, const Line& now) {
    stream.at ^= 1;
    stream.lines[stream.at] = now;
    stream.used = ++clock_;
    return &stream.lines[stream.at ^ 1];
  }
  // In the place of the one that was silent longest, if there are too many.
  void begin(const Line& now) {
    std::size_t at = count_;
    if (count_ == streams_max) {
      at = 0;
      for (std::size_t i = 1; i < count_; ++i) {
        if (streams_[i].used < streams_[at].used) at = i;
      }
    } else {
      ++count_;
    }
    streams_[at] = {{now, {}}, 0, ++clock_};
    ++begun_;
  }

  HowFollows<Line> follows_;
  std::array<Stream, streams_max> streams_{};
  std::size_t count_ = 0;
  std::uint64_t clock_ = 0;
  std::uint64_t begun_ = 0;
};

}  // namespace heaplaw::evidence
