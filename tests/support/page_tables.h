// Runs Go's page allocator tables against anything that allocates pages: the model, the oracle.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "go_test_tables.h"
#include "vocabulary/units.h"

namespace heaplaw::tests {

// What a subject of these tables must be able to do.
class TableHeap {
 public:
  struct Allocation {
    Address address;
    Bytes scavenged;
  };
  struct Cache {
    Address base;
    std::uint64_t free = 0;
    std::uint64_t scavenged = 0;

    bool operator==(const Cache&) const = default;
  };

  virtual ~TableHeap() = default;

  // A new chunk, free and scavenged.
  virtual void grow(Address chunk) = 0;
  // These pages, free and scavenged so far, become what the table says.
  virtual void make_allocated(Address base, Pages n) = 0;
  virtual void make_unscavenged(Address base, Pages n) = 0;

  virtual std::optional<Allocation> alloc(Pages n) = 0;
  virtual void free(Address base, Pages n) = 0;
  virtual Bytes scavenge(std::optional<Bytes> want) = 0;  // nothing: all there is
  virtual std::optional<Cache> alloc_to_cache() = 0;
  virtual void flush(const Cache& cache) = 0;

  [[nodiscard]] virtual bool allocated(Address page) const = 0;
  [[nodiscard]] virtual bool scavenged(Address page) const = 0;
  [[nodiscard]] virtual std::vector<std::pair<Address, Address>> mapped() const = 0;
  virtual void check_invariants() const {}
};
using MakeTableHeap = std::function<std::unique_ptr<TableHeap>()>;

// Pages neither allocated nor scavenged are the ones between the ranges of the state.
inline void build(TableHeap& heap, const TableState& state) {
  for (const auto& [base, chunk] : state) heap.grow(base);
  for (const auto& [base, chunk] : state) {
    std::vector<bool> scavenged(table_chunk_pages);
    for (const auto& [start, n] : chunk.scavenged) {
      std::fill_n(scavenged.begin() + start, n, true);
    }
    const TableRanges resident = ranges_where(
        base, [&, b = base](Address page) { return !scavenged[(page - b) / table_page]; });
    for (const auto& [start, n] : resident) {
      heap.make_unscavenged(base + table_page * start, Pages{n});
    }
    for (const auto& [start, n] : chunk.allocated) {
      heap.make_allocated(base + table_page * start, Pages{n});
    }
  }
}

inline void expect_state(const TableHeap& heap, const TableState& want) {
  for (const auto& [base, chunk] : want) {
    EXPECT_EQ(ranges_where(base, [&](Address page) { return heap.allocated(page); }),
              chunk.allocated)
        << fmt::format("allocated pages of chunk {}", base);
    EXPECT_EQ(ranges_where(base, [&](Address page) { return heap.scavenged(page); }),
              chunk.scavenged)
        << fmt::format("scavenged pages of chunk {}", base);
  }
}

inline void run_alloc(TableHeap& heap, const Json& op, std::optional<Address> want) {
  const auto got = heap.alloc(Pages{op.at("npages").get<std::uint64_t>()});
  ASSERT_EQ(got ? std::optional(got->address.raw()) : std::nullopt,
            want ? std::optional(want->raw()) : std::nullopt)
      << op;
  if (op.contains("want_scav_bytes")) {
    EXPECT_EQ((got ? got->scavenged : Bytes{}).raw(), op["want_scav_bytes"]) << op;
  }
}

inline void run_op(TableHeap& heap, const Json& op) {
  const std::string name = op.at("op");
  if (name == "free") {
    heap.free(address_of(op.at("at")), Pages{op.at("npages").get<std::uint64_t>()});
  } else if (name == "scavenge") {
    const Json& request = op.at("request_bytes");
    const Bytes got = heap.scavenge(
        request.is_null() ? std::nullopt : std::optional(Bytes{request.get<std::uint64_t>()}));
    EXPECT_EQ(got.raw(), op.at("want_bytes")) << op;
  } else if (name != "alloc") {
    FAIL() << "unknown operation " << op;
  } else if (!op.contains("repeat")) {
    run_alloc(heap, op, optional_address_of(op.at("want")));
  } else {
    for (std::uint64_t i = 0; i < op["repeat"]; ++i) {
      const std::uint64_t step = op.at("want_step_pages");
      run_alloc(heap, op, address_of(op.at("want_first")) + table_page * (i * step));
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

// Cases of before, ops and after. Says how many there were.
inline std::size_t run_page_cases(const Json& cases, const MakeTableHeap& make) {
  for (const Json& c : cases) {
    SCOPED_TRACE(c.at("name").get<std::string>());
    const std::unique_ptr<TableHeap> heap = make();
    build(*heap, state_of(c.at("before")));
    heap->check_invariants();
    for (const Json& op : c.at("ops")) {
      run_op(*heap, op);
      if (testing::Test::HasFatalFailure()) return 0;
      heap->check_invariants();
    }
    expect_state(*heap, state_of(c.contains("after") ? c["after"] : c.at("after_go")));
  }
  return cases.size();
}

[[nodiscard]] inline TableHeap::Cache cache_of(const Json& cache) {
  return {address_of(cache.at("base")), bits_of(cache.at("cache")), bits_of(cache.at("scav"))};
}

// pagecache.json, flush.
inline std::size_t run_flush_cases(const Json& cases, const MakeTableHeap& make) {
  for (const Json& c : cases) {
    SCOPED_TRACE(c.at("name").get<std::string>());
    const std::unique_ptr<TableHeap> heap = make();
    build(*heap, state_of(c.at("before")));
    heap->flush(cache_of(c.at("cache")));
    heap->check_invariants();
    expect_state(*heap, state_of(c.at("after")));
  }
  return cases.size();
}

// pagecache.json, alloc_to_cache.
inline std::size_t run_alloc_to_cache_cases(const Json& cases, const MakeTableHeap& make) {
  for (const Json& c : cases) {
    SCOPED_TRACE(c.at("name").get<std::string>());
    const std::unique_ptr<TableHeap> heap = make();
    build(*heap, state_of(c.at("before")));
    for (const Json& want : c.at("want")) {
      EXPECT_EQ(heap->alloc_to_cache(),
                want.is_null() ? std::nullopt : std::optional(cache_of(want)));
      heap->check_invariants();
    }
    expect_state(*heap, state_of(c.at("after")));
  }
  return cases.size();
}

// pagealloc-grow.json.
inline std::size_t run_grow_cases(const Json& cases, const MakeTableHeap& make) {
  for (const Json& c : cases) {
    SCOPED_TRACE(c.at("name").get<std::string>());
    const std::unique_ptr<TableHeap> heap = make();
    for (const std::uint64_t chunk : c.at("grow_chunks")) {
      heap->grow(table_base + table_chunk * chunk);
      heap->check_invariants();
    }
    std::vector<std::pair<Address, Address>> want;
    for (const Json& range : c.at("want_in_use")) {
      want.emplace_back(table_base + table_chunk * range.at(0).get<std::uint64_t>(),
                        table_base + table_chunk * range.at(1).get<std::uint64_t>());
    }
    EXPECT_EQ(heap->mapped(), want);
  }
  return cases.size();
}

}  // namespace heaplaw::tests
