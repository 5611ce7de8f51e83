// The model's page allocator as a subject of Go's tables.
#pragma once

#include "model/pages/page_allocator.h"
#include "page_tables.h"

namespace heaplaw::model {

class ModelTableHeap : public tests::TableHeap {
 public:
  explicit ModelTableHeap(const Release& release) : pages_(facts_of(release)) {}

  void grow(Address chunk) override { pages_.grow({chunk, chunk + chunk_size}); }
  void make_allocated(Address base, Pages n) override { (void)pages_.take(base, n); }
  void make_unscavenged(Address base, Pages n) override {
    (void)pages_.take(base, n);
    pages_.free(base, n);
  }
  std::optional<Allocation> alloc(Pages n) override {
    const auto got = pages_.alloc(n);
    if (!got) return std::nullopt;
    return Allocation{got->address, bytes_of(got->scavenged, page_size)};
  }
  void free(Address base, Pages n) override { pages_.free(base, n); }
  Bytes scavenge(std::optional<Bytes> want) override {
    return want ? pages_.scavenge(*want) : pages_.scavenge_all();
  }
  std::optional<Cache> alloc_to_cache() override {
    const PageCache cache = pages_.alloc_to_cache();
    if (cache.empty()) return std::nullopt;
    return Cache{cache.base(), cache.free_mask(), cache.scavenged_mask()};
  }
  void flush(const Cache& cache) override {
    PageCache taken(cache.base, cache.free, cache.scavenged);
    pages_.flush(taken);
    EXPECT_TRUE(taken.empty());
  }
  [[nodiscard]] bool allocated(Address page) const override { return pages_.allocated(page); }
  [[nodiscard]] bool scavenged(Address page) const override { return pages_.scavenged(page); }
  [[nodiscard]] std::vector<std::pair<Address, Address>> mapped() const override {
    std::vector<std::pair<Address, Address>> ranges;
    for (const auto& [base, limit] : pages_.mapped().ranges()) ranges.emplace_back(base, limit);
    return ranges;
  }
  void check_invariants() const override { pages_.check_invariants(); }

 private:
  PageAllocator pages_;
};

// The tables are the same in every release, whatever the scavenger's index.
inline std::unique_ptr<tests::TableHeap> make_model_heap() {
  return std::make_unique<ModelTableHeap>(Release{19});
}
inline std::unique_ptr<tests::TableHeap> make_newest_model_heap() {
  return std::make_unique<ModelTableHeap>(newest_release);
}

}  // namespace heaplaw::model
