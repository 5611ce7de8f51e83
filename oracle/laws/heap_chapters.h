// The chapters of the book of laws on heaps, one source file each, and what they share.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "oracle/laws/heap_moment.h"

namespace heaplaw::oracle {

[[nodiscard]] std::span<const HeapLaw> laws_of_sums();
[[nodiscard]] std::span<const HeapLaw> laws_of_by_size();
[[nodiscard]] std::span<const HeapLaw> laws_of_history();
[[nodiscard]] std::span<const HeapLaw> laws_of_goals();
[[nodiscard]] std::span<const HeapLaw> laws_of_counters();
[[nodiscard]] std::span<const HeapLaw> laws_of_steps();
[[nodiscard]] std::span<const HeapLaw> laws_of_collections();
[[nodiscard]] std::span<const HeapLaw> laws_of_recounts();
[[nodiscard]] std::span<const HeapLaw> laws_of_objects();
[[nodiscard]] std::span<const HeapLaw> laws_of_free_pages();
[[nodiscard]] std::span<const HeapLaw> laws_of_placement();

// One comparison each, and a finding if it fails. Templates on nothing: texts are made only then.
inline void equal(HeapFindings& findings, HeapSpot spot, std::uint64_t found,
                  std::uint64_t expected) {
  findings.compared();
  if (found != expected) findings.add(spot, std::to_string(found), std::to_string(expected));
}
inline void at_most(HeapFindings& findings, HeapSpot spot, std::uint64_t found,
                    std::uint64_t limit) {
  findings.compared();
  if (found > limit) findings.add(spot, std::to_string(found), fmt::format("at most {}", limit));
}
inline void at_least(HeapFindings& findings, HeapSpot spot, std::uint64_t found,
                     std::uint64_t limit) {
  findings.compared();
  if (found < limit) findings.add(spot, std::to_string(found), fmt::format("at least {}", limit));
}
inline void multiple_of(HeapFindings& findings, HeapSpot spot, std::uint64_t found,
                        std::uint64_t unit) {
  findings.compared();
  if (found % unit != 0) {
    findings.add(spot, std::to_string(found), fmt::format("a multiple of {}", unit));
  }
}

// Sums of a hostile snapshot's fields wrap like Go's own.
[[nodiscard]] inline std::uint64_t wrapping_add(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum = 0;
  (void)__builtin_add_overflow(a, b, &sum);
  return sum;
}
[[nodiscard]] inline std::uint64_t wrapping_subtract(std::uint64_t a, std::uint64_t b) {
  std::uint64_t difference = 0;
  (void)__builtin_sub_overflow(a, b, &difference);
  return difference;
}
[[nodiscard]] inline std::uint64_t wrapping_multiply(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  (void)__builtin_mul_overflow(a, b, &product);
  return product;
}

[[nodiscard]] inline bool collects(const std::optional<Operation>& operation) {
  return operation &&
         (operation->kind == OperationKind::gc || operation->kind == OperationKind::free_os_memory);
}

// A collection that finds no pages for its work buffers ends the process before it does anything.
[[nodiscard]] inline bool collected(const HeapLedger& ledger) {
  return collects(ledger.last) && !ledger.failed();
}

[[nodiscard]] inline Address end_of(const PageRun& run) {
  return run.start + bytes_of(run.length, heap_page);
}
[[nodiscard]] inline bool in_bitmap(PageUse use) {  // free, and no P's cache has it
  return use == PageUse::free || use == PageUse::free_scavenged;
}
[[nodiscard]] inline bool in_cache(PageUse use) {
  return use == PageUse::cached || use == PageUse::cached_scavenged;
}

}  // namespace heaplaw::oracle
