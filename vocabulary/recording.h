// A trace with outcomes: what a real Go process did with it (spec: recordings).
//
//   heaplaw-recording 1
//   runtime go1.19.8 linux amd64
//   region 0xc000200000 536870912
//   kept 3702
//   sync 8192 noscan 0xc000200000        one a class and kind, in order
//   memstats Alloc=... BySize=...        read-memstats and what it said
//   alloc 17 100 noscan 0xc000208010     the address may be missing
//
// A file has no end mark: one that was cut between two lines is a shorter recording.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/mem_stats.h"
#include "vocabulary/trace.h"
#include "vocabulary/units.h"

namespace heaplaw {

// The first object of a class and kind at or above the region: from there on its span is known.
struct SyncObject {
  Bytes size;
  ObjectKind object = ObjectKind::noscan;
  Address address;

  bool operator==(const SyncObject&) const = default;
};

struct Recording {
  std::string os;            // "linux"
  std::string architecture;  // "amd64"
  Address region;
  Bytes region_size;
  std::uint64_t kept = 0;  // objects that calibration keeps alive
  std::vector<SyncObject> syncs;
  // The release is the runtime's. Its first operation is read_memstats, which ends calibration.
  Trace trace;
  // One for each operation: an alloc's address; zero where none was recorded.
  std::vector<Address> addresses;
  // One for each read_memstats, in order.
  std::vector<MemStats> stats;

  bool operator==(const Recording&) const = default;
};

// Throw InputError. A file that ends inside a line or before the first memstats line is truncated.
[[nodiscard]] Recording parse_recording(std::string_view text, std::string file,
                                        TraceLimits limits = {});
[[nodiscard]] Recording read_recording(std::istream& stream, std::string file,
                                       TraceLimits limits = {});

// Byte for byte what was read, comments and blank lines apart.
[[nodiscard]] std::string print(const Recording& recording);

}  // namespace heaplaw
