// Reads corpus/go-test-tables: figures of Go's own runtime tests. What the words mean is in the
// README there.
#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "vocabulary/units.h"

namespace heaplaw::tests {

using Json = nlohmann::json;

inline constexpr Address table_base{0x3000000000};
inline constexpr Bytes table_page = 8_KiB;
inline constexpr Bytes table_chunk = 4_MiB;
inline constexpr unsigned table_chunk_pages = 512;

[[nodiscard]] inline Json go_table(const std::string& file) {
  const std::string path = std::string(HEAPLAW_CORPUS) + "/go-test-tables/" + file;
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot open " + path);
  return Json::parse(in);
}

// "0x00ff…": a pattern of 64 bits.
[[nodiscard]] inline std::uint64_t bits_of(const Json& text) {
  return std::stoull(text.get<std::string>(), nullptr, 16);
}

// [chunk, page].
[[nodiscard]] inline Address address_of(const Json& page) {
  return table_base + table_chunk * page.at(0).get<std::uint64_t>() +
         table_page * page.at(1).get<std::uint64_t>();
}
// null stands for no memory.
[[nodiscard]] inline std::optional<Address> optional_address_of(const Json& page) {
  return page.is_null() ? std::nullopt : std::optional(address_of(page));
}

struct TableRange {
  unsigned start = 0;  // pages
  unsigned n = 0;

  bool operator==(const TableRange&) const = default;
};
using TableRanges = std::vector<TableRange>;

[[nodiscard]] inline TableRanges ranges_of(const Json& list) {
  TableRanges ranges;
  for (const Json& r : list) ranges.push_back({r.at(0).get<unsigned>(), r.at(1).get<unsigned>()});
  return ranges;
}

struct TableChunk {
  TableRanges allocated;
  TableRanges scavenged;

  bool operator==(const TableChunk&) const = default;
};

// The chunks of a state, by address.
using TableState = std::map<Address, TableChunk>;

[[nodiscard]] inline TableState state_of(const Json& state) {
  TableState chunks;
  for (const auto& [chunk, ranges] : state.at("alloc").items()) {
    const Address base = table_base + table_chunk * std::stoull(chunk);
    chunks[base] = {ranges_of(ranges), ranges_of(state.at("scav").at(chunk))};
  }
  return chunks;
}

// The pages of the chunk at `base` for which the predicate holds, as ranges.
template <typename Predicate>
[[nodiscard]] TableRanges ranges_where(Address base, Predicate holds) {
  TableRanges ranges;
  for (unsigned page = 0; page < table_chunk_pages; ++page) {
    if (!holds(base + table_page * page)) continue;
    if (ranges.empty() || ranges.back().start + ranges.back().n != page) ranges.push_back({page});
    ++ranges.back().n;
  }
  return ranges;
}

// For failure messages.
inline void PrintTo(const TableRange& range, std::ostream* out) {
  *out << range.start << "+" << range.n;
}

}  // namespace heaplaw::tests
