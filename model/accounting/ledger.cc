#include "model/accounting/ledger.h"

#include "vocabulary/check.h"

namespace heaplaw::model {

namespace {

void subtract(std::uint64_t& from, std::uint64_t bytes) {
  HEAPLAW_CHECK(bytes <= from, "{} bytes from a counter at {}", bytes, from);
  from -= bytes;
}

}  // namespace

std::uint64_t& Ledger::account_of(SpanUse use) {
  switch (use) {
    case SpanUse::object:
      return in_use;
    case SpanUse::stack:
      return stacks;
    case SpanUse::work_buffer:
      return work_buffers;
    case SpanUse::other:
    case SpanUse::dead:
      break;
  }
  return other;
}

void Ledger::take(SpanUse use, std::uint64_t bytes, std::uint64_t scavenged) {
  subtract(released, scavenged);
  subtract(free, bytes - scavenged);
  account_of(use) += bytes;
}

void Ledger::give_back(SpanUse use, std::uint64_t bytes) {
  subtract(account_of(use), bytes);
  free += bytes;
}

void Ledger::scavenge(std::uint64_t bytes) {
  subtract(free, bytes);
  released += bytes;
}

}  // namespace heaplaw::model
