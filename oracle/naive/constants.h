// The sizes that Go on linux/amd64 is built from (spec: heap, section 1).
#pragma once

#include <cstdint>

namespace heaplaw::oracle::naive {

// A place in the heap in pages: its address divided by page_bytes.
using Page = std::uint64_t;

inline constexpr std::uint64_t page_bytes = 8192;
inline constexpr std::uint64_t physical_page_bytes = 4096;
inline constexpr std::uint64_t chunk_pages = 512;  // what the heap grows by, and scavenging's unit
inline constexpr std::uint64_t chunk_bytes = chunk_pages * page_bytes;
inline constexpr std::uint64_t arena_bytes = 64 << 20;
inline constexpr std::uint64_t arena_pages = arena_bytes / page_bytes;
inline constexpr std::uint64_t cache_pages = 64;  // of a P's page cache, one bit each
inline constexpr std::uint64_t cache_alloc_limit = cache_pages / 4;  // from here on it is not asked

inline constexpr std::uint64_t first_heap_address = 0xc000000000;                       // AS-5
inline constexpr std::uint64_t hint_distance = std::uint64_t{1} << 40;                  // AS-5
inline constexpr std::uint64_t heap_pages_max = (std::uint64_t{2} << 40) / page_bytes;  // SIM-12
inline constexpr std::uint64_t address_space_end = std::uint64_t{1} << 47;              // likewise

inline constexpr unsigned size_classes = 68;
inline constexpr unsigned span_classes = 2 * size_classes;  // class * 2, plus 1 if noscan
inline constexpr unsigned slots_max = 1024;                 // objects of 8 bytes in a page
inline constexpr unsigned tiny_size_class = 2;
inline constexpr unsigned tiny_block_bytes = 16;

inline constexpr unsigned stack_orders = 4;  // 2, 4, 8 and 16 KiB come from pools (ST-1)
inline constexpr std::uint64_t stack_bytes_min = 2048;
inline constexpr std::uint64_t stack_span_pages = 4;
inline constexpr std::uint64_t stack_cache_bytes = 32 << 10;
inline constexpr std::uint64_t work_buffer_pages = 4;

}  // namespace heaplaw::oracle::naive
