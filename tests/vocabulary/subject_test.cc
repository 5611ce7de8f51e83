#include "vocabulary/subject.h"

#include <gtest/gtest.h>

namespace heaplaw {
namespace {

TEST(Observation, SnapshotsAreComparedByContent) {
  MemStats a;
  MemStats b;
  EXPECT_EQ(Observation::of(a), Observation::of(b));
  b.frees = 1;
  EXPECT_NE(Observation::of(a), Observation::of(b));
  EXPECT_NE(Observation::of(a), Observation{});
}

TEST(Observation, AnswersAndAddressesDiffer) {
  EXPECT_EQ(Observation::of(Address{16}), Observation::of(Address{16}));
  EXPECT_NE(Observation::of(Address{16}), Observation::of(Address{24}));
  EXPECT_NE(Observation{.answer = Answer::refused}, Observation{});
}

TEST(Observation, IsPrintedForPeople) {
  EXPECT_EQ(to_string(Observation::of(Address{0xc000200000})), "0xc000200000");
  EXPECT_EQ(to_string(Observation{.answer = Answer::out_of_memory}), "out of memory");
  EXPECT_EQ(to_string(Observation{.answer = Answer::refused}), "refused");
  EXPECT_EQ(to_string(Observation{}), "nothing");
}

// The smallest subject there is: the interface asks for no more.
class Mute : public Subject {
 public:
  [[nodiscard]] std::string_view name() const override { return "mute"; }
  [[nodiscard]] Observation apply(const Operation&) override { return {}; }
  [[nodiscard]] MemStats mem_stats() const override { return {}; }
  [[nodiscard]] PageMap page_map() const override { return PageMap{}; }
};

TEST(Subject, AnOwnAllocatorNeedsFourFunctions) {
  Mute mute;
  Subject& subject = mute;
  EXPECT_EQ(subject.apply(Operation::gc()), Observation{});
  EXPECT_NO_THROW(subject.check_invariants());
}

}  // namespace
}  // namespace heaplaw
