// Go's heap profile as text: what /debug/pprof/heap?debug=1 prints, and debug=0 up to Go 1.7.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vocabulary/input_error.h"
#include "vocabulary/line_reader.h"
#include "vocabulary/profile_counts.h"
#include "vocabulary/release_span.h"
#include "vocabulary/snapshot.h"

namespace heaplaw::evidence {

struct ProfileHeader {
  ProfileCounts total;
  std::int64_t twice_rate = 0;  // heap/1048576: one sample each 524288 bytes

  bool operator==(const ProfileHeader&) const = default;
};

struct ProfileFrame {
  std::uint64_t pc = 0;
  std::string function;  // empty where the program does not know it
  std::uint64_t offset = 0;
  std::string file;
  std::uint64_t line = 0;

  bool operator==(const ProfileFrame&) const = default;
};

struct ProfileRecord {
  ProfileCounts counts;
  std::vector<std::uint64_t> stack;
  std::vector<ProfileFrame> frames;

  bool operator==(const ProfileRecord&) const = default;
};

struct HeapProfile {
  ProfileHeader header;
  bool with_frames = false;  // debug > 0
  std::vector<ProfileRecord> records;
  std::optional<Snapshot> mem_stats;
  ReleaseSpan releases;  // that print this form

  bool operator==(const HeapProfile&) const = default;
};

// Lines may be long: a stack holds 32 addresses, PauseEnd 256 numbers of 19 digits.
inline constexpr std::size_t profile_line_max = 64 * 1024;

// Reads a profile of any size in the memory of one record, strictly: nothing but what a release
// prints, to the last line end. Records go to `each`; the rest comes back, its records empty.
// Throws InputError.
[[nodiscard]] HeapProfile read_heap_profile(LineReader& lines,
                                            const std::function<void(ProfileRecord&&)>& each);
// As above; the header goes to `begin` before the first record.
[[nodiscard]] HeapProfile read_heap_profile(LineReader& lines,
                                            const std::function<void(const ProfileHeader&)>& begin,
                                            const std::function<void(ProfileRecord&&)>& each);

// As above, with the records.
[[nodiscard]] HeapProfile parse_heap_profile(std::string_view text, const std::string& file);

// As Go prints it, its columns included.
[[nodiscard]] std::string print(const HeapProfile& profile);

}  // namespace heaplaw::evidence
