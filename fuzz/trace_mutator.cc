#include "fuzz/trace_mutator.h"

#include <algorithm>
#include <array>

#include "fuzz/trace_input.h"
#include "properties/interesting_sizes.h"
#include "vocabulary/trace_bytes.h"

namespace heaplaw::fuzz {

namespace {

using enum OperationKind;

constexpr std::uint64_t minute = 60'000'000'000;
constexpr std::uint64_t megabyte = 1 << 20;

bool is_wide(const TraceSlot& slot) { return slot.code >= first_wide_code; }

TraceSlot header_of(const Release& release, unsigned procs) {
  return slot_at(encode_trace({.release = release, .procs = procs}), 0);
}

// Keeps the operations that fit.
void cut(std::vector<TraceSlot>& slots, std::size_t count) {
  if (slots.size() > count) slots.resize(count);
  while (!slots.empty() && is_wide(slots.back())) slots.pop_back();
}

}  // namespace

// Weights are rough: what makes histories longer and shorter is balanced, and sizes matter most.
const std::span<const TraceMutator::Change> TraceMutator::changes() {
  static constexpr std::array<Change, 16> all = {{
      {6, &TraceMutator::insert},
      {3, &TraceMutator::insert_run},
      {3, &TraceMutator::insert_collection},
      {2, &TraceMutator::insert_setting},
      {10, &TraceMutator::erase},
      {3, &TraceMutator::duplicate},
      {2, &TraceMutator::repeat},
      {4, &TraceMutator::move},
      {3, &TraceMutator::swap},
      {8, &TraceMutator::resize},
      {6, &TraceMutator::nudge},
      {4, &TraceMutator::choose_another_victim},
      {2, &TraceMutator::change_kind},
      {2, &TraceMutator::change_object_kind},
      {1, &TraceMutator::change_procs},
      {1, &TraceMutator::change_release},
  }};
  return all;
}

void TraceMutator::read(Input bytes) {
  slots_.clear();
  Output from_text;
  if (is_text(bytes)) {
    if (const auto trace = history_of(bytes)) from_text = encode_trace(*trace);
    bytes = from_text;
  }
  const Trace head = decode_trace(bytes.first(std::min(bytes.size(), trace_slot_bytes)));
  release_ = is_fuzzed(head.release) ? head.release : fuzzed_lines().back();
  procs_ = head.procs;
  for (std::size_t at = trace_slot_bytes; at + trace_slot_bytes <= bytes.size();
       at += trace_slot_bytes) {
    slots_.push_back(slot_at(bytes, at));
  }
  cut(slots_, slots_.size());
}

TraceMutator::Output TraceMutator::written(std::size_t size_max) {
  cut(slots_, std::max(size_max / trace_slot_bytes, std::size_t{1}) - 1);
  Output bytes;
  bytes.reserve(trace_slot_bytes * (slots_.size() + 1));
  append_slot(bytes, header_of(release_, procs_));
  for (const TraceSlot& slot : slots_) append_slot(bytes, slot);
  return bytes;
}

TraceMutator::Output TraceMutator::mutate(Input bytes, std::size_t size_max) {
  static constexpr std::uint64_t times[] = {1, 1, 1, 2, 3, 5, 8};
  static const std::vector<std::uint64_t> weights = [] {
    std::vector<std::uint64_t> all;
    for (const Change& change : changes()) all.push_back(change.weight);
    return all;
  }();
  read(bytes);
  for (std::uint64_t left = random_.pick(times); left > 0; --left) {
    if (slots_.empty()) insert();
    (this->*changes()[random_.weighted(weights)].make)();
  }
  if (!random_.once_in(8)) tame();
  return written(size_max);
}

// Terabytes take a thousand times as long as other histories: they are to be met, not to be bred.
void TraceMutator::tame() {
  constexpr std::size_t wide_slots = 2;  // they reach to 4 GiB
  for (std::size_t at = 0; at < slots_.size(); at = operation_at(at).last) {
    const Block block = operation_at(at);
    if (block.last - block.first <= 1 + wide_slots) continue;
    if (kind_of_code(slots_[block.last - 1].code) == alloc) set_value(block, any_size());
  }
}

TraceMutator::Output TraceMutator::cross_over(Input first, Input second, std::size_t size_max) {
  read(second);
  Slots other = slots_;
  if (!slots_.empty() && random_.once_in(2)) {
    const Block piece = any_block();
    other = taken_out(piece);
  } else {
    other.erase(other.begin(), other.begin() + static_cast<std::ptrdiff_t>(boundary()));
  }
  read(first);
  const std::size_t at = boundary();
  if (random_.once_in(2)) slots_.resize(at);
  put_in(at, other);
  return written(size_max);
}

std::size_t TraceMutator::boundary() {
  const std::size_t at = random_.below(slots_.size() + 1);
  return at == slots_.size() ? at : operation_at(at).first;
}

TraceMutator::Block TraceMutator::operation_at(std::size_t slot) const {
  Block block{slot, slot};
  while (block.first > 0 && is_wide(slots_[block.first - 1])) --block.first;
  while (is_wide(slots_[block.last])) ++block.last;
  ++block.last;
  return block;
}

TraceMutator::Block TraceMutator::any_block() {
  static constexpr std::uint64_t lengths[] = {1, 1, 2, 3, 4, 8, 16, 64, 256};
  Block block = any_operation();
  for (std::uint64_t left = random_.pick(lengths) - 1; left > 0 && block.last < slots_.size();
       --left) {
    block.last = operation_at(block.last).last;
  }
  return block;
}

TraceMutator::Block TraceMutator::any_of(OperationKind kind, OperationKind or_kind) {
  constexpr int looks = 16;
  for (int i = 0; i < looks; ++i) {
    const Block block = any_operation();
    const auto found = kind_of_code(slots_[block.last - 1].code);
    if (found == kind || found == or_kind) return block;
  }
  return {0, 0};
}

TraceMutator::Slots TraceMutator::taken_out(Block block) {
  const auto begin = slots_.begin();
  Slots out(begin + static_cast<std::ptrdiff_t>(block.first),
            begin + static_cast<std::ptrdiff_t>(block.last));
  slots_.erase(begin + static_cast<std::ptrdiff_t>(block.first),
               begin + static_cast<std::ptrdiff_t>(block.last));
  return out;
}

void TraceMutator::put_in(std::size_t at, const Slots& block) {
  slots_.insert(slots_.begin() + static_cast<std::ptrdiff_t>(at), block.begin(), block.end());
}

// Mostly small, since time goes with the bytes; large ones and chunks now and then.
std::uint64_t TraceMutator::any_size() {
  static constexpr std::uint64_t weights[] = {4, 12, 4, 6, 4, 1, 1};
  switch (random_.weighted(weights)) {
    case 0:
      return properties::tiny_size(random_);
    case 1:
      return properties::small_size(random_);
    case 2:
      return properties::threshold_size(random_);
    case 3:
      return properties::paged_size(random_, 8);
    case 4:
      return properties::paged_size(random_, 80);
    case 5:
      return properties::paged_size(random_, 1200);
    default:
      return properties::block_size(random_, random_.once_in(8) ? 96 * megabyte : 8 * megabyte);
  }
}

// Up to six minutes: each two of them cost a collection.
std::uint64_t TraceMutator::any_duration() {
  return random_.once_in(4) ? random_.below(6 * minute) : minute * random_.below(7);
}

// The slots of an operation of this kind and value, all else zero.
TraceMutator::Slots TraceMutator::sized(OperationKind kind, std::uint64_t value) {
  TraceSlot slot{.code = code_of_kind(kind)};
  if (put_slot_value(kind, value, slot)) return {slot};
  Slots slots;
  for (unsigned shift = 48;; shift -= 16) {
    if (value >> shift != 0 || shift == 0) {
      slots.push_back({.code = first_wide_code,
                       .small = static_cast<std::uint8_t>(WideTarget::value),
                       .operand = static_cast<std::uint16_t>(value >> shift)});
    }
    if (shift == 0) break;
  }
  slots.push_back(slot);
  return slots;
}

// Replaces the value, and with it whatever wide slots the operation had.
void TraceMutator::set_value(Block operation, std::uint64_t value) {
  const TraceSlot old = taken_out(operation).back();
  const OperationKind kind = kind_of_code(old.code).value();
  Slots slots = sized(kind, value);
  if (rule_of(kind).has_object_kind) slots.back().small |= old.small & 1U;
  // A stack's slot names its goroutine, and its size is elsewhere.
  if (rule_of(kind).handle == HandleRole::goroutine) slots.back().operand = old.operand;
  put_in(operation.first, slots);
}

TraceMutator::Slots TraceMutator::any_new_operation() {
  // Any code, so that kinds come as often as in random bytes.
  TraceSlot slot{.code = static_cast<std::uint8_t>(random_.below(first_wide_code)),
                 .small = static_cast<std::uint8_t>(random_.below(256)),
                 .operand = static_cast<std::uint16_t>(random_.below(65536))};
  if (kind_of_code(slot.code) == advance) return sized(advance, any_duration());
  if (kind_of_code(slot.code) != alloc) return {slot};
  Slots slots = sized(alloc, any_size());
  slots.back().small |= slot.small & 1U;
  return slots;
}

void TraceMutator::insert() { put_in(boundary(), any_new_operation()); }

// Equal objects fill spans, and runs of them chunks; runs of drops free both.
void TraceMutator::insert_run() {
  const bool drops = random_.once_in(3);
  const Slots one =
      drops
          ? Slots{{.code = code_of_kind(drop),
                   .operand = static_cast<std::uint16_t>(random_.once_in(2) ? 0 : random_.next())}}
          : any_new_operation();
  std::uint64_t times = std::uint64_t{2} << random_.below(10);
  // Of many megabytes a few will do: a heap of terabytes takes long and shows nothing new.
  if (one.size() > 1) times = std::min<std::uint64_t>(times, 16);
  const std::size_t at = boundary();
  Slots run;
  for (std::uint64_t i = 0; i < times; ++i) run.insert(run.end(), one.begin(), one.end());
  put_in(at, run);
}

void TraceMutator::insert_collection() {
  static constexpr OperationKind kinds[] = {gc, read_memstats, free_os_memory, advance};
  const OperationKind kind = random_.pick(kinds);
  const std::uint64_t value = kind == advance ? any_duration() : 0;
  put_in(boundary(), sized(kind, value));
}

void TraceMutator::insert_setting() {
  static constexpr std::uint64_t percents[] = {value_off, 0, 1, 10, 50, 100, 200, 1000};
  const std::uint64_t limits[] = {value_off, 0, random_.below(64) * megabyte, random_.next() >> 1U};
  const bool percent = random_.once_in(2);
  put_in(boundary(), percent ? sized(gc_percent, random_.pick(percents))
                             : sized(memory_limit, random_.pick(limits)));
}

void TraceMutator::erase() { static_cast<void>(taken_out(any_block())); }

void TraceMutator::duplicate() {
  const Block block = any_block();
  const Slots copy(slots_.begin() + static_cast<std::ptrdiff_t>(block.first),
                   slots_.begin() + static_cast<std::ptrdiff_t>(block.last));
  put_in(boundary(), copy);
}

// In place: the same few operations over and over.
void TraceMutator::repeat() {
  const Block block = any_block();
  const Slots copy(slots_.begin() + static_cast<std::ptrdiff_t>(block.first),
                   slots_.begin() + static_cast<std::ptrdiff_t>(block.last));
  Slots run;
  for (std::uint64_t left = 1 + random_.below(64 / copy.size() + 1); left > 0; --left) {
    run.insert(run.end(), copy.begin(), copy.end());
  }
  put_in(block.last, run);
}

void TraceMutator::move() {
  const Slots block = taken_out(any_block());
  put_in(boundary(), block);
}

void TraceMutator::swap() {
  Block a = any_operation();
  Block b = any_operation();
  if (a.first > b.first) std::swap(a, b);
  if (a.first == b.first) return;
  const Slots later = taken_out(b);
  const Slots earlier = taken_out(a);
  put_in(b.first - earlier.size(), earlier);
  put_in(a.first, later);
}

void TraceMutator::resize() {
  const Block found = any_of(alloc, stack_grow);
  if (found.last == 0) return insert();
  const bool stack = kind_of_code(slots_[found.last - 1].code) == stack_grow;
  set_value(found, stack ? std::uint64_t{2048} << random_.below(8) : any_size());
}

// A little more or less of whatever it is: bytes, a percentage, nanoseconds.
void TraceMutator::nudge() {
  static constexpr std::uint64_t steps[] = {1, 1, 8, 16, 128, 8192, 65536, 4 * megabyte};
  const Block block = any_operation();
  const TraceSlot slot = slots_[block.last - 1];
  const OperationKind kind = kind_of_code(slot.code).value();
  if (rule_of(kind).value == ValueForm::none) return choose_another_victim();
  std::uint64_t value = slot_value(kind, slot);
  if (block.last - block.first > 1) value = any_size();  // whatever the wide slots said
  const std::uint64_t step = random_.pick(steps);
  const bool up = random_.once_in(2);
  if (!up && value < step) return;
  if (up && value > value_off - step) return;
  set_value(block, fit_value(kind, up ? value + step : value - step));
}

void TraceMutator::choose_another_victim() {
  const Block found = any_of(drop, stack_free);
  if (found.last == 0) return insert();
  TraceSlot& slot = slots_[found.last - 1];
  slot.small = 0;
  // The first, the next one, or any: indexes are taken modulo what lives.
  const std::uint16_t next = static_cast<std::uint16_t>(slot.operand + 1U);
  const std::uint16_t choices[] = {0, next, static_cast<std::uint16_t>(random_.below(65536))};
  slot.operand = random_.pick(choices);
}

void TraceMutator::change_kind() {
  slots_[any_operation().last - 1].code = static_cast<std::uint8_t>(random_.below(first_wide_code));
}

void TraceMutator::change_object_kind() {
  const Block found = any_of(alloc, alloc);
  if (found.last != 0) slots_[found.last - 1].small ^= 1U;
}

// Each P costs all others time, so that many are rare.
void TraceMutator::change_procs() {
  procs_ = static_cast<unsigned>(random_.between(1, random_.once_in(16) ? procs_max : 6));
}

void TraceMutator::change_release() {
  release_ = random_.pick(std::span<const Release>(fuzzed_lines()));
}

}  // namespace heaplaw::fuzz
