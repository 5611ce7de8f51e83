#include "evidence/profile_top.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "evidence/profile_estimate.h"

namespace heaplaw::evidence {

namespace {

std::string name_of(const ProfileFrame& frame) {
  return frame.function.empty() ? fmt::format("{:#x}", frame.pc) : frame.function;
}

// Saturates: counters of broken profiles may be anything.
void add_to(std::int64_t& sum, std::int64_t value) {
  if (!__builtin_add_overflow(sum, value, &sum)) return;
  sum = value > 0 ? std::numeric_limits<std::int64_t>::max()
                  : std::numeric_limits<std::int64_t>::min();
}

std::uint64_t magnitude(std::int64_t value) {
  return value < 0 ? -static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

}  // namespace

void ProfileTop::add(const ProfileRecord& record) {
  ++records_;
  const std::int64_t value = estimate_of(record.counts, rate_).*measure_->figure;
  if (value == 0) return;
  add_to(total_, value);
  bool innermost = true;
  const auto charge = [&](std::string&& function) {
    Share& share = shares_[std::move(function)];
    if (innermost) add_to(share.flat, value);
    innermost = false;
    if (share.last_record != records_) add_to(share.cum, value);
    share.last_record = records_;
  };
  for (const ProfileFrame& frame : record.frames) charge(name_of(frame));
  if (!record.frames.empty()) return;
  // The address behind the call; pprof, too, counts the call itself.
  for (const std::uint64_t pc : record.stack) charge(fmt::format("{:#x}", pc - 1));
}

std::vector<FunctionShare> ProfileTop::sorted(bool by_cum) const {
  std::vector<FunctionShare> out;
  for (const auto& [function, share] : shares_) out.push_back({function, share.flat, share.cum});
  std::ranges::sort(out, [by_cum](const FunctionShare& a, const FunctionShare& b) {
    const std::uint64_t left = magnitude(by_cum ? a.cum : a.flat);
    const std::uint64_t right = magnitude(by_cum ? b.cum : b.flat);
    return left != right ? left > right : a.function < b.function;
  });
  return out;
}

}  // namespace heaplaw::evidence
