#include "properties/history_properties.h"

#include <algorithm>
#include <exception>
#include <utility>

#include <fmt/format.h>

#include "oracle/judge.h"
#include "properties/random.h"
#include "properties/trace_transforms.h"
#include "vocabulary/divergence.h"
#include "vocabulary/trace_bytes.h"

namespace heaplaw::properties {

namespace {

std::size_t last_of(const Trace& trace) {
  return trace.operations.empty() ? 0 : trace.operations.size() - 1;
}

struct Answered {
  Observation observation;
  MemStats stats;  // with Answer::stats
};

// All that can be seen of one life. Of `is_original`, only the answers to those operations.
struct Life {
  std::vector<Answered> answers;
  MemStats stats;
  PageMap map;
};

struct HowToLive {
  const std::vector<bool>* is_original = nullptr;
  bool looks = false;
};

Life live(const MakeSubject& make, const Trace& trace, const HowToLive& how = {}) {
  Life life;
  const auto subject = make(trace);
  for (std::size_t i = 0; i < trace.operations.size(); ++i) {
    const Observation observation = subject->apply(trace.operations[i]);
    if (!how.is_original || (*how.is_original)[i]) {
      life.answers.push_back({observation, observation.stats ? *observation.stats : MemStats{}});
    }
    if (!how.looks) continue;
    static_cast<void>(subject->mem_stats());
    static_cast<void>(subject->page_map());
    static_cast<void>(subject->white_box());
    subject->check_invariants();
  }
  life.stats = subject->mem_stats();
  life.map = subject->page_map();
  return life;
}

std::optional<std::string> difference(const MemStats& expected, const MemStats& actual) {
  const auto found = differences(expected, actual);
  if (found.empty()) return std::nullopt;
  return fmt::format("{} is {}, expected {}", found.front().field, found.front().actual,
                     found.front().expected);
}

std::optional<Complaint> difference(const Life& expected, const Life& actual) {
  for (std::size_t i = 0; i < expected.answers.size(); ++i) {
    const Answered& a = expected.answers[i];
    const Answered& b = actual.answers[i];
    if (a.observation.answer != b.observation.answer ||
        a.observation.address != b.observation.address) {
      return Complaint{i, fmt::format("operation {} answers {:#x}, expected {:#x}", i,
                                      b.observation.address.raw(), a.observation.address.raw())};
    }
    if (const auto stats = difference(a.stats, b.stats)) {
      return Complaint{i, fmt::format("operation {}: {}", i, *stats)};
    }
  }
  const std::size_t last = expected.answers.empty() ? 0 : expected.answers.size() - 1;
  if (const auto stats = difference(expected.stats, actual.stats)) {
    return Complaint{last, "at the end: " + *stats};
  }
  if (const auto page = first_difference(expected.map, actual.map)) {
    return Complaint{
        last, fmt::format("at the end: page {} is {}, expected {}", *page,
                          describe_page(actual.map, *page), describe_page(expected.map, *page))};
  }
  return std::nullopt;
}

// A subject that breaks a check of its own fails whatever property is asked.
template <typename Compare>
TraceProperty caught(Compare compare) {
  return [compare = std::move(compare)](const Trace& trace) -> std::optional<Complaint> {
    try {
      return compare(trace);
    } catch (const std::exception& error) {
      return Complaint{last_of(trace), fmt::format("an exception: {}", error.what())};
    }
  };
}

}  // namespace

TraceProperty agree_in_lockstep(std::vector<MakeSubject> makers) {
  return [makers = std::move(makers)](const Trace& trace) -> std::optional<Complaint> {
    std::vector<std::unique_ptr<Subject>> owned;
    std::vector<Subject*> subjects;
    for (const MakeSubject& make : makers) {
      owned.push_back(make(trace));
      subjects.push_back(owned.back().get());
    }
    const oracle::Verdict verdict = oracle::judge(subjects, trace);
    if (verdict.divergence) {
      return Complaint{verdict.divergence->operation_index, summary(*verdict.divergence)};
    }
    return std::nullopt;
  };
}

TraceProperty survives_as_text(TracePrinter printer) {
  return caught([printer](const Trace& trace) -> std::optional<Complaint> {
    if (parse_trace(printer(trace), "printed") == trace) return std::nullopt;
    return Complaint{last_of(trace), "the text means another history"};
  });
}

TraceProperty survives_as_bytes(TraceEncoder encoder) {
  return caught([encoder](const Trace& trace) -> std::optional<Complaint> {
    if (decode_trace(encoder(trace)) == trace) return std::nullopt;
    return Complaint{last_of(trace), "the bytes mean another history"};
  });
}

TraceProperty ignores_names(MakeSubject make, std::uint64_t seed) {
  return caught([make = std::move(make), seed](const Trace& trace) {
    Random random(seed);
    return difference(live(make, trace), live(make, renamed(trace, random)));
  });
}

TraceProperty ignores_order_of_drops(MakeSubject make, std::uint64_t seed) {
  return caught([make = std::move(make), seed](const Trace& trace) {
    Random random(seed);
    return difference(live(make, trace), live(make, drops_shuffled(trace, random)));
  });
}

TraceProperty ignores_idle_operations(MakeSubject make, std::uint64_t seed) {
  return caught([make = std::move(make), seed](const Trace& trace) {
    Random random(seed);
    const Padded changed = padded(trace, random);
    return difference(live(make, trace),
                      live(make, changed.trace, {.is_original = &changed.is_original}));
  });
}

TraceProperty ignores_looks(MakeSubject make) {
  return caught([make = std::move(make)](const Trace& trace) {
    return difference(live(make, trace), live(make, trace, {.looks = true}));
  });
}

TraceProperty collects_completely(MakeSubject make) {
  return caught([make = std::move(make)](const Trace& trace) -> std::optional<Complaint> {
    const auto subject = make(trace);
    for (const Operation& operation : trace.operations) {
      static_cast<void>(subject->apply(operation));
    }
    const auto collected = [&] {
      static_cast<void>(subject->apply(Operation::gc()));
      return subject->mem_stats();
    };
    static_cast<void>(collected());
    const MemStats second = collected();
    const MemStats third = collected();
    if (second.frees == third.frees && second.heap_alloc == third.heap_alloc &&
        second.heap_inuse == third.heap_inuse && second.mallocs == third.mallocs) {
      return std::nullopt;
    }
    return Complaint{last_of(trace),
                     fmt::format("a third collection frees {} objects and {} bytes",
                                 third.frees - second.frees, second.heap_alloc - third.heap_alloc)};
  });
}

}  // namespace heaplaw::properties
