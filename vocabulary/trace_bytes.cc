#include "vocabulary/trace_bytes.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <unordered_map>

#include "vocabulary/check.h"

namespace heaplaw {

namespace {

constexpr unsigned number_bits = 14;  // of a patch, beta or rc number; the stage is above
constexpr unsigned number_values = 10000;
constexpr unsigned operand_bits = 16;

// Which handle an alloc has that no wide slot names. Both directions must ask at every alloc, since
// the answer depends on what was asked before.
class NextHandle {
 public:
  // One more than the last one, or where that lives, the lowest above all that were tried so far.
  std::uint64_t choose(const HandleSet& live) {
    if (const std::uint64_t next = successor(last_); !live.contains(next)) return next;
    while (live.contains(untried_)) untried_ = successor(untried_);
    return untried_;
  }
  void taken(std::uint64_t handle) { last_ = handle; }

 private:
  static std::uint64_t successor(std::uint64_t handle) {
    return handle == std::numeric_limits<std::uint64_t>::max() ? 0 : handle + 1;
  }

  std::uint64_t last_ = 0;
  std::uint64_t untried_ = 1;
};

// Live names that can be chosen by index. A removal moves the last one to its place, so that both
// directions are constant in time.
class IndexedNames {
 public:
  void add(std::uint64_t name) { names_.push_back(name); }
  [[nodiscard]] bool empty() const { return names_.empty(); }
  std::uint64_t take(std::uint64_t index) {
    const std::uint64_t name = names_[index];
    names_[index] = names_.back();
    names_.pop_back();
    return name;
  }
  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  std::vector<std::uint64_t> names_;
};

// The same, and where each one stands.
class LocatedNames {
 public:
  void add(std::uint64_t name) {
    if (places_.emplace(name, names_.size()).second) names_.push_back(name);
  }
  std::uint64_t take(std::uint64_t name) {
    const auto found = places_.find(name);
    const std::size_t place = found->second;
    places_[names_.back()] = place;
    names_[place] = names_.back();
    names_.pop_back();
    places_.erase(name);
    return place;
  }

 private:
  std::vector<std::uint64_t> names_;
  std::unordered_map<std::uint64_t, std::size_t> places_;
};

class Decoder {
 public:
  explicit Decoder(Trace& trace) : trace_(trace), rules_(trace.procs) {}

  void take(const TraceSlot& slot) {
    const auto kind = kind_of_code(slot.code);
    if (!kind) {
      auto& wide = wide_[slot.small & 1];
      wide = (wide.value_or(0) & value_off >> operand_bits) << operand_bits | slot.operand;
      return;
    }
    Operation operation{.kind = *kind};
    const auto& wide_value = wide_[static_cast<std::size_t>(WideTarget::value)];
    operation.value = wide_value ? fit_value(*kind, *wide_value) : slot_value(*kind, slot);
    const OperationRule& rule = rule_of(*kind);
    if (rule.value == ValueForm::proc) operation.value %= trace_.procs;
    if (rule.has_object_kind && (slot.small & 1)) operation.object = ObjectKind::scan;
    if (choose_handle(rule.handle, slot, operation)) {
      HEAPLAW_CHECK(rules_.follow(operation) == Breach::none, "decoding broke a rule");
      trace_.operations.push_back(operation);
    }
    wide_ = {};
  }

 private:
  // False if there is nothing to choose from.
  bool choose_handle(HandleRole role, const TraceSlot& slot, Operation& operation) {
    const auto& wide = wide_[static_cast<std::size_t>(WideTarget::handle)];
    switch (role) {
      case HandleRole::none:
        return true;
      case HandleRole::new_object:
        operation.handle = next_.choose(rules_.live_objects());
        if (wide && !rules_.live_objects().contains(*wide)) operation.handle = *wide;
        next_.taken(operation.handle);
        objects_.add(operation.handle);
        return true;
      case HandleRole::live_object:
        return take_live(objects_, wide, slot, operation);
      case HandleRole::goroutine:
        operation.handle = wide ? *wide : slot.operand % slot_goroutines;
        if (!rules_.live_stacks().contains(operation.handle)) stacks_.add(operation.handle);
        return true;
      case HandleRole::live_stack:
        return take_live(stacks_, wide, slot, operation);
    }
    return false;
  }

  static bool take_live(IndexedNames& names, const std::optional<std::uint64_t>& wide,
                        const TraceSlot& slot, Operation& operation) {
    if (names.empty()) return false;
    const std::uint64_t index =
        wide.value_or(std::uint64_t{slot.small} << operand_bits | slot.operand);
    operation.handle = names.take(index % names.size());
    return true;
  }

  Trace& trace_;
  TraceRules rules_;
  NextHandle next_;
  IndexedNames objects_;
  IndexedNames stacks_;
  std::array<std::optional<std::uint64_t>, 2> wide_;
};

class Encoder {
 public:
  explicit Encoder(const Trace& trace) : rules_(trace.procs) {}

  void put(const Operation& operation) {
    TraceSlot slot{.code = code_of_kind(operation.kind)};
    if (!put_slot_value(operation.kind, operation.value, slot)) {
      put_wide(WideTarget::value, operation.value);
    }
    if (operation.object == ObjectKind::scan) slot.small |= 1;
    put_handle(operation, slot);
    const Breach breach = rules_.follow(operation);
    HEAPLAW_CHECK(breach == Breach::none, "cannot encode {}", describe(breach));
    put(slot);
  }

  void put(const TraceSlot& slot) { append_slot(bytes, slot); }

  std::vector<std::uint8_t> bytes;

 private:
  void put_handle(const Operation& operation, TraceSlot& slot) {
    switch (rule_of(operation.kind).handle) {
      case HandleRole::none:
        return;
      case HandleRole::new_object:
        if (next_.choose(rules_.live_objects()) != operation.handle) {
          put_wide(WideTarget::handle, operation.handle);
        }
        next_.taken(operation.handle);
        return objects_.add(operation.handle);
      case HandleRole::live_object:
        return put_index(objects_, operation.handle, rules_.live_objects(), slot);
      case HandleRole::goroutine:
        slot.operand = static_cast<std::uint16_t>(operation.handle % slot_goroutines);
        if (operation.handle >= slot_goroutines) put_wide(WideTarget::handle, operation.handle);
        return stacks_.add(operation.handle);
      case HandleRole::live_stack:
        return put_index(stacks_, operation.handle, rules_.live_stacks(), slot);
    }
  }

  void put_index(LocatedNames& names, std::uint64_t name, const HandleSet& live, TraceSlot& slot) {
    if (!live.contains(name)) return;  // put() will say so
    const std::uint64_t index = names.take(name);
    slot.operand = static_cast<std::uint16_t>(index);
    slot.small = static_cast<std::uint8_t>(index >> operand_bits);
    if (index >= slot_indexes) put_wide(WideTarget::handle, index);
  }

  void put_wide(WideTarget target, std::uint64_t value) {
    unsigned shift = 0;
    while (shift < 48 && value >> (shift + operand_bits) != 0) shift += operand_bits;
    for (;; shift -= operand_bits) {
      put(TraceSlot{.code = first_wide_code,
                    .small = static_cast<std::uint8_t>(target),
                    .operand = static_cast<std::uint16_t>(value >> shift)});
      if (shift == 0) return;
    }
  }

  TraceRules rules_;
  NextHandle next_;
  LocatedNames objects_;
  LocatedNames stacks_;
};

// A line's number is stored plus one: 0, like any line that is not known, is the newest release.
void decode_header(const TraceSlot& slot, Trace& trace) {
  trace.procs = 1 + slot.small % procs_max;
  if (slot.code == 0 || slot.code > newest_release.minor() + 1) return;
  const auto stage = static_cast<Release::Stage>(std::min(slot.operand >> number_bits, 2));
  const unsigned number = (slot.operand & ((1u << number_bits) - 1)) % number_values;
  trace.release = Release(slot.code - 1u, stage, number);
}

TraceSlot encode_header(const Trace& trace) {
  const unsigned stage = static_cast<unsigned>(trace.release.stage());
  HEAPLAW_CHECK(trace.release.minor() <= newest_release.minor() &&
                    trace.release.number() < number_values && trace.procs >= 1 &&
                    trace.procs <= procs_max,
                "cannot encode {} with {} Ps", trace.release, trace.procs);
  return {.code = static_cast<std::uint8_t>(trace.release.minor() + 1),
          .small = static_cast<std::uint8_t>(trace.procs - 1),
          .operand = static_cast<std::uint16_t>(stage << number_bits | trace.release.number())};
}

}  // namespace

Trace decode_trace(std::span<const std::uint8_t> bytes) {
  Trace trace;
  if (bytes.size() < trace_slot_bytes) return trace;
  decode_header(slot_at(bytes, 0), trace);
  trace.operations.reserve(bytes.size() / trace_slot_bytes - 1);
  Decoder decoder(trace);
  for (std::size_t at = trace_slot_bytes; at + trace_slot_bytes <= bytes.size();
       at += trace_slot_bytes) {
    decoder.take(slot_at(bytes, at));
  }
  return trace;
}

std::vector<std::uint8_t> encode_trace(const Trace& trace) {
  Encoder encoder(trace);
  encoder.bytes.reserve(trace_slot_bytes * (trace.operations.size() + 1));
  encoder.put(encode_header(trace));
  for (const Operation& operation : trace.operations) encoder.put(operation);
  return std::move(encoder.bytes);
}

}  // namespace heaplaw
