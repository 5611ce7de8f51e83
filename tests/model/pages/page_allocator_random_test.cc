// The allocator in step with a flat array of pages and a linear scan.
#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "model/pages/page_allocator.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {
namespace {

constexpr Address start{0xc000000000};

class FlatHeap {
 public:
  // Chunks of a window; unmapped pages count as in use.
  explicit FlatHeap(std::size_t chunks)
      : in_use_(chunks * chunk_pages, true), scavenged_(chunks * chunk_pages) {}

  void grow(std::size_t chunk, std::size_t n) {
    fill(in_use_, chunk * chunk_pages, n * chunk_pages, false);
    fill(scavenged_, chunk * chunk_pages, n * chunk_pages, true);
  }
  [[nodiscard]] std::optional<std::size_t> lowest(std::size_t n) const {
    std::size_t run = 0;
    for (std::size_t i = 0; i < in_use_.size(); ++i) {
      run = in_use_[i] ? 0 : run + 1;
      if (run == n) return i + 1 - n;
    }
    return std::nullopt;
  }
  std::size_t take(std::size_t page, std::size_t n) {
    fill(in_use_, page, n, true);
    const auto from = scavenged_.begin() + static_cast<std::ptrdiff_t>(page);
    const auto were = std::count(from, from + static_cast<std::ptrdiff_t>(n), true);
    fill(scavenged_, page, n, false);
    return static_cast<std::size_t>(were);
  }
  void free(std::size_t page, std::size_t n) { fill(in_use_, page, n, false); }
  // Of the block of 64.
  [[nodiscard]] std::pair<std::uint64_t, std::uint64_t> block(std::size_t base) const {
    std::uint64_t free = 0;
    std::uint64_t scavenged = 0;
    for (std::size_t i = 0; i < 64; ++i) {
      free |= std::uint64_t{!in_use_[base + i]} << i;
      scavenged |= std::uint64_t{scavenged_[base + i]} << i;
    }
    return {free, scavenged};
  }
  void put(std::size_t page, bool scavenged) {
    in_use_[page] = false;
    scavenged_[page] = scavenged;
  }
  [[nodiscard]] bool in_use(std::size_t page) const { return in_use_[page]; }
  [[nodiscard]] bool scavenged(std::size_t page) const { return scavenged_[page]; }
  // Whatever the allocator released must have been free and not yet scavenged.
  std::size_t adopt_scavenged(const PageAllocator& pages) {
    std::size_t more = 0;
    for (std::size_t i = 0; i < in_use_.size(); ++i) {
      const Address page = start + page_size * i;
      if (!pages.mapped().contains(page) || pages.scavenged(page) == scavenged_[i]) continue;
      EXPECT_TRUE(!in_use_[i] && !scavenged_[i]) << i;
      scavenged_[i] = true;
      ++more;
    }
    return more;
  }

 private:
  static void fill(std::vector<bool>& bits, std::size_t from, std::size_t n, bool value) {
    std::fill_n(bits.begin() + static_cast<std::ptrdiff_t>(from), n, value);
  }

  std::vector<bool> in_use_;
  std::vector<bool> scavenged_;
};

class Lockstep {
 public:
  // In turn with either form of the scavenger's index.
  explicit Lockstep(std::uint64_t seed)
      : random_(seed), swarm_(random_()), pages_(facts_of(Release{seed % 2 == 0 ? 19U : 26U})) {
    grow();
  }

  void step() {
    switch (random_() % 16) {
      case 0:
        return grow();
      case 1:
        return swarm_ & 1 ? refill() : alloc(1);
      case 2:
        if (random_() % 16 == 0) fill();
        return flush();
      case 3:
        return swarm_ & 2 ? scavenge() : free();
      case 4:
        return alloc(1 + random_() % 1500);
      case 5:
        return alloc(1 + random_() % 100);
      case 6:
      case 7:
      case 8:
      case 9:
        return alloc(1 + random_() % 8);
      default:
        return free();
    }
  }
  void compare() const {
    pages_.check_invariants();
    for (std::size_t i = 0; i < window * chunk_pages; ++i) {
      const Address page = start + page_size * i;
      if (!pages_.mapped().contains(page)) continue;
      ASSERT_EQ(pages_.allocated(page), flat_.in_use(i)) << i;
      ASSERT_EQ(pages_.scavenged(page), flat_.scavenged(i)) << i;
    }
  }

 private:
  static constexpr std::size_t window = 40;  // chunks

  std::size_t index_of(Address page) const { return (page - start) / page_size; }

  void grow() {
    const std::size_t chunk = random_() % window;
    const std::size_t n = 1 + random_() % 3;
    const AddressRange range{start + chunk_size * chunk, start + chunk_size * (chunk + n)};
    if (chunk + n > window || random_() % 4 != 0) return;
    for (std::size_t c = chunk; c < chunk + n; ++c) {
      if (pages_.mapped().contains(start + chunk_size * c)) return;
    }
    pages_.grow(range);
    flat_.grow(chunk, n);
  }
  void alloc(std::size_t n) {
    const auto got = pages_.alloc(Pages{n});
    const auto want = flat_.lowest(n);
    ASSERT_EQ(got ? std::optional(index_of(got->address)) : std::nullopt, want) << n << " pages";
    if (!want) return;
    ASSERT_EQ(got->scavenged.raw(), flat_.take(*want, n));
    runs_.emplace_back(*want, n);
  }
  void fill() {
    for (std::size_t n = 2048; n > 0; n /= 2) {
      while (flat_.lowest(n) && !testing::Test::HasFatalFailure()) alloc(n);
    }
    random_() % 2 ? alloc(1) : refill();
  }
  void free() {
    if (runs_.empty()) return;
    std::swap(runs_[random_() % runs_.size()], runs_.back());
    auto [page, n] = runs_.back();
    runs_.pop_back();
    if (n > 2 && random_() % 4 == 0) {  // a part of it
      runs_.emplace_back(page + n / 2, n - n / 2);
      n /= 2;
    }
    pages_.free(start + page_size * page, Pages{n});
    flat_.free(page, n);
  }
  void refill() {
    const PageCache cache = pages_.alloc_to_cache();
    const auto lowest = flat_.lowest(1);
    ASSERT_EQ(cache.empty(), !lowest);
    if (!lowest) return;
    const std::size_t base = *lowest / 64 * 64;
    const auto [free, scavenged] = flat_.block(base);
    ASSERT_EQ(index_of(cache.base()), base);
    ASSERT_EQ(cache.free_mask(), free);
    ASSERT_EQ(cache.scavenged_mask(), scavenged);
    for (std::size_t i = 0; i < 64; ++i) {
      if (free >> i & 1) flat_.take(base + i, 1);
    }
    caches_.push_back(cache);
  }
  void flush() {
    if (caches_.empty()) return;
    PageCache& cache = caches_[random_() % caches_.size()];
    const std::size_t n = 1 + random_() % 5;
    if (const auto got = cache.alloc(Pages{n})) runs_.emplace_back(index_of(got->address), n);
    if (random_() % 3 != 0) return;
    for (std::size_t i = 0; i < 64; ++i) {
      if (cache.free_mask() >> i & 1) {
        flat_.put(index_of(cache.base()) + i, cache.scavenged_mask() >> i & 1);
      }
    }
    pages_.flush(cache);
    std::swap(cache, caches_.back());
    caches_.pop_back();
  }
  void scavenge() {
    if (random_() % 2 == 0) pages_.next_scavenge_generation();
    const auto urgency = random_() % 2 == 0 ? ScavengeUrgency::background : ScavengeUrgency::forced;
    const Bytes released = random_() % 4 == 0
                               ? pages_.scavenge_all()
                               : pages_.scavenge(page_size * (random_() % 20), urgency);
    ASSERT_EQ(flat_.adopt_scavenged(pages_), released / page_size);
  }

  std::mt19937_64 random_;
  std::uint64_t swarm_;
  PageAllocator pages_;
  FlatHeap flat_{window};
  std::vector<std::pair<std::size_t, std::size_t>> runs_;
  std::vector<PageCache> caches_;
};

TEST(PageAllocatorRandom, StaysInStepWithAFlatArray) {
  reset_reach();
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Lockstep both(seed);
    for (int i = 0; i < 1500; ++i) {
      both.step();
      if (i % 50 == 0) both.compare();
      if (HasFatalFailure()) return;
    }
  }
  // A walk that never came to the places worth walking to has shown nothing.
  std::size_t points = 0;
  for (const ReachPoint* point : reach_points()) {
    const std::string_view name = point->name();
    if (!name.starts_with("pages:") && !name.starts_with("page cache:") &&
        !name.starts_with("scavenge:")) {
      continue;
    }
    ++points;
    EXPECT_GT(point->times(), 0u) << name;
  }
  EXPECT_GE(points, 12u);
}

}  // namespace
}  // namespace heaplaw::model
