#include "model/pages/address_space.h"

#include <utility>

#include "vocabulary/check.h"
#include "vocabulary/reach.h"

namespace heaplaw::model {

namespace {

constexpr Bytes describable{std::uint64_t{1} << address_bits};

Address align_up_to_arena(Address address) {
  return Address{} + align_up(address - Address{}, arena_size);
}

}  // namespace

AddressSpace::AddressSpace(const ReleaseFacts& facts, Kernel& kernel)
    : kernel_(&kernel), hints_(facts.arena_hints) {}

void AddressSpace::begin_at_arena_of(Address address) {
  HEAPLAW_CHECK(arenas_.empty(), "the heap has begun already");
  hints_.add({.address = Address{} + align_down(address - Address{}, arena_size)});
}

std::optional<HeapGrowth> AddressSpace::grow(Pages n) {
  HEAPLAW_ASSERT(n.raw() > 0, "growth by no pages");
  if (n.raw() > describable / page_size) return std::nullopt;
  const Bytes ask = align_up(bytes_of(n, page_size), chunk_size);

  // Everything is tried on copies, so that a refusal leaves no trace.
  AddressRange current = current_;
  HeapGrowth growth;
  std::optional<AddressRange> arenas;
  const ArenaHints hints_before = current.size() < ask ? hints_ : ArenaHints{0};
  const bool obstructed_before = obstructed_;
  if (current.size() < ask) {
    arenas = reserve_arenas(ask);
    if (!arenas) {
      hints_ = hints_before;
      obstructed_ = obstructed_before;
      return std::nullopt;
    }
    growth.new_arenas = arenas->size() / arena_size;
    if (arenas->base == current.limit) {
      current.limit = arenas->limit;
    } else {
      if (current.size() > Bytes{}) {
        HEAPLAW_REACH("growth: the rest of an arena was handed out before a new place");
        growth.abandoned = current;
      }
      current = *arenas;
    }
  }
  growth.asked = {current.base, current.base + ask};
  if ((growth.abandoned && !kernel_->map(*growth.abandoned)) || !kernel_->map(growth.asked)) {
    if (arenas) {
      kernel_->unreserve(*arenas);
      hints_ = hints_before;
      obstructed_ = obstructed_before;
    }
    return std::nullopt;
  }
  current.base = growth.asked.limit;
  current_ = current;
  if (arenas) add_arenas(*arenas);
  return growth;
}

void AddressSpace::add_arenas(AddressRange range) {
  arenas_.add(range);
  if (!arenas_by_age_.empty() && arenas_by_age_.back().limit == range.base) {
    arenas_by_age_.back().limit = range.limit;
  } else {
    arenas_by_age_.push_back(range);
  }
}

std::optional<AddressRange> AddressSpace::reserve_arenas(Bytes size) {
  const Bytes whole = align_up(size, arena_size);
  if (const auto at_hint = reserve_at_hints(whole)) return at_hint;
  return reserve_anywhere(whole);
}

std::optional<AddressRange> AddressSpace::reserve_at_hints(Bytes size) {
  for (; !hints_.empty(); hints_.drop_last()) {
    const ArenaHint hint = hints_.last();
    if (hint.downwards && hint.address - Address{} < size) continue;
    const Address base = hint.downwards ? hint.address - size : hint.address;
    if (base + size > Address{} + describable) continue;
    const AddressRange place{base, base + size};
    if (reserve_exactly(place)) {
      hints_.move_last(hint.downwards ? place.base : place.limit);
      return place;
    }
    HEAPLAW_REACH("growth: a hint was dropped");
  }
  return std::nullopt;
}

bool AddressSpace::reserve_exactly(AddressRange place) {
  if (std::exchange(obstructed_, false)) return false;
  if (arenas_.overlaps(place)) {
    // In a history the heap has to outgrow a TiB first, which takes seconds.
    HEAPLAW_REACH_APART("growth: a hint lies inside the heap");
    return false;
  }
  const std::optional<Address> given = kernel_->reserve(place.base, place.size());
  if (given == place.base) return true;
  // A hint is not a promise: space elsewhere is of no use to whoever asked for this place.
  if (given) kernel_->unreserve({*given, *given + place.size()});
  return false;
}

std::optional<AddressRange> AddressSpace::reserve_anywhere(Bytes size) {
  // One arena more than needed, so that an aligned stretch is inside wherever it lies.
  const Bytes padded = size + arena_size;
  const std::optional<Address> given = kernel_->reserve(std::nullopt, padded);
  if (!given) return std::nullopt;
  const AddressRange whole{*given, *given + padded};
  const Address base = align_up_to_arena(whole.base);
  const AddressRange kept{base, base + size};
  if (whole.base < kept.base) kernel_->unreserve({whole.base, kept.base});
  if (kept.limit < whole.limit) kernel_->unreserve({kept.limit, whole.limit});
  if (kept.limit > Address{} + describable) {
    kernel_->unreserve(kept);
    return std::nullopt;
  }
  HEAPLAW_REACH_APART("growth: arenas reserved wherever the kernel liked");
  hints_.add({.address = kept.base, .downwards = true});
  hints_.add({.address = kept.limit});
  return kept;
}

void AddressSpace::check_invariants() const {
  arenas_.check_invariants();
  HEAPLAW_ASSERT(arenas_by_age_.size() >= arenas_.ranges().size(), "{} ranges of arenas came as {}",
                 arenas_.ranges().size(), arenas_by_age_.size());
  HEAPLAW_ASSERT(current_.base <= current_.limit, "current arena is [{}, {})", current_.base,
                 current_.limit);
  HEAPLAW_ASSERT(current_.size() == Bytes{} || arenas_.contains(current_),
                 "current arena [{}, {}) was never reserved", current_.base, current_.limit);
}

}  // namespace heaplaw::model
