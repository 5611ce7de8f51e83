// What every page of a heap is used for, for people and for judges to compare.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/release_facts.h"
#include "vocabulary/units.h"

namespace heaplaw {

enum class PageUse : std::uint8_t {
  unmapped,          // not of this heap
  free,              // backed by the operating system
  free_scavenged,    // given back to it
  cached,            // free, in some P's page cache
  cached_scavenged,  // likewise, given back
  object_span,       // of a size class; class 0 is one large object
  stack_span,
  work_buffer_span,
  other_span,  // whatever else the runtime takes pages for
};
inline constexpr std::size_t page_use_count = 9;

struct PageState {
  PageUse use = PageUse::unmapped;
  std::uint8_t size_class = 0;             // object spans only
  ObjectKind object = ObjectKind::noscan;  // likewise

  bool operator==(const PageState&) const = default;
};
[[nodiscard]] std::string describe(const PageState& state);
[[nodiscard]] bool is_span(PageUse use);

// A span, or as many free pages of one state as lie side by side.
struct PageRun {
  Address start;
  Pages length;
  PageState state;

  bool operator==(const PageRun&) const = default;
};

// Runs in ascending order; pages between them are unmapped. Two maps are equal if and only if
// every page has the same state and the same spans begin in the same places.
class PageMap {
 public:
  explicit PageMap(Bytes page_size = 8_KiB) : page_size_(page_size) {}

  // Runs must come in ascending order; free neighbours of one state become one run, spans stay
  // apart. Throws CheckFailure for one that begins before the last one's end or off the grid.
  void append(Address start, Pages length, PageState state);

  void reserve(std::size_t runs) { runs_.reserve(runs); }

  [[nodiscard]] Bytes page_size() const { return page_size_; }
  [[nodiscard]] std::span<const PageRun> runs() const { return runs_; }
  // The run that holds the page; null where it is unmapped.
  [[nodiscard]] const PageRun* find(Address page) const;
  [[nodiscard]] PageState at(Address page) const;
  [[nodiscard]] bool is_span_head(Address page) const;
  // All pages of a use, all classes together.
  [[nodiscard]] Pages count(PageUse use) const;

  bool operator==(const PageMap&) const = default;

 private:
  [[nodiscard]] Address end_of(const PageRun& run) const {
    return run.start + bytes_of(run.length, page_size_);
  }

  Bytes page_size_;
  std::vector<PageRun> runs_;
};

// The lowest page whose state differs, or which begins a span in one map only.
[[nodiscard]] std::optional<Address> first_difference(const PageMap& a, const PageMap& b);

// The page's state in words: "head of a noscan span of class 5", "free, scavenged".
[[nodiscard]] std::string describe_page(const PageMap& map, Address page);

}  // namespace heaplaw
