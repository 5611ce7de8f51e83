// Which functions a heap profile charges, as pprof's top does: flat for what a function allocated
// itself, cum for what was allocated while it was on the stack.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/heap_profile.h"
#include "vocabulary/profile_counts.h"

namespace heaplaw::evidence {

// What is counted: one of a record's figures.
struct ProfileMeasure {
  std::string_view name;  // pprof's: "inuse_space"
  std::int64_t ProfileCounts::*figure;
  bool bytes;
};
inline constexpr ProfileMeasure profile_measures[] = {
    {"inuse_space", &ProfileCounts::live_bytes, true},
    {"alloc_space", &ProfileCounts::all_bytes, true},
    {"inuse_objects", &ProfileCounts::live_objects, false},
    {"alloc_objects", &ProfileCounts::all_objects, false},
};

struct FunctionShare {
  std::string function;  // an address where the profile has no names
  std::int64_t flat = 0;
  std::int64_t cum = 0;

  bool operator==(const FunctionShare&) const = default;
};

// Adds record by record, in memory for the functions alone; estimates each before it sums.
class ProfileTop {
 public:
  ProfileTop(const ProfileMeasure& measure, std::int64_t rate) : measure_(&measure), rate_(rate) {}

  void add(const ProfileRecord& record);

  [[nodiscard]] std::int64_t total() const { return total_; }
  [[nodiscard]] std::uint64_t records() const { return records_; }
  [[nodiscard]] std::size_t functions() const { return shares_.size(); }
  // Largest first, by flat or by cum; equal ones by name. Those with nothing are left out.
  [[nodiscard]] std::vector<FunctionShare> sorted(bool by_cum) const;

 private:
  struct Share {
    std::int64_t flat = 0;
    std::int64_t cum = 0;
    std::uint64_t last_record = 0;  // counted for cum: recursion counts once
  };

  const ProfileMeasure* measure_;
  std::int64_t rate_;
  std::map<std::string, Share, std::less<>> shares_;
  std::int64_t total_ = 0;
  std::uint64_t records_ = 0;
};

}  // namespace heaplaw::evidence
