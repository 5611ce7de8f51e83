#include <limits>

#include <fmt/format.h>

#include "cli/check/stages.h"
#include "model/placement.h"
#include "model/span_layout.h"
#include "oracle/tables/landing.h"
#include "vocabulary/release_facts.h"

namespace heaplaw::cli {

namespace {

constexpr std::uint64_t exhaustive_up_to = 41'000;  // past the largest small size and a page
constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t far_edges[] = {(1ull << 31) - 1,
                                       1ull << 31,
                                       (1ull << 32) - 8192,
                                       1ull << 32,
                                       1ull << 47,
                                       (1ull << 63) - 8193,
                                       1ull << 63,
                                       most - 16384,
                                       most - 8193,
                                       most - 8192,
                                       most - 8191,
                                       most - 4097,
                                       most - 4096,
                                       most - 4095,
                                       most - 1,
                                       most};

struct Setting {
  std::string name;
  ReleaseFacts facts;
};

// Every line of releases, plain and with each experiment that it knows.
std::vector<Setting> settings() {
  std::vector<Setting> all;
  for (unsigned minor = oldest_release.minor(); minor <= newest_release.minor(); ++minor) {
    const Release release{minor};
    all.push_back({release.name(), facts_of(release)});
    for (const Experiment& e : experiments()) {
      if (minor < e.first_minor || minor > e.last_minor) continue;
      const std::string_view names[] = {e.name};
      all.push_back({fmt::format("{} with {}", release, e.name), facts_of(release, names)});
    }
  }
  return all;
}

oracle::LandingPlace place_of(const std::optional<model::Placement>& placement) {
  using Way = model::Placement::Way;
  if (!placement) return oracle::LandingPlace::out_of_memory;
  switch (placement->way) {
    case Way::zero_size:
      return oracle::LandingPlace::zero_size;
    case Way::tiny:
      return oracle::LandingPlace::tiny;
    case Way::small:
      return oracle::LandingPlace::small;
    case Way::large:
      break;
  }
  return oracle::LandingPlace::large;
}

bool agree(const std::optional<model::Placement>& placement, const oracle::Landing& landing) {
  if (place_of(placement) != landing.place) return false;
  if (!placement || landing.place == oracle::LandingPlace::zero_size) return true;
  return placement->size_class == landing.class_number && placement->slot == landing.slot &&
         placement->header == landing.header && placement->usable == landing.usable &&
         (landing.place != oracle::LandingPlace::large || placement->pages == landing.pages);
}

struct PlacementCounts {
  std::uint64_t requests = 0;
  std::uint64_t spans = 0;
};

void compare_requests(const Setting& setting, const model::Placer& placer, ObjectKind kind,
                      PlacementCounts& counts, StageResult& result) {
  const auto compare = [&](std::uint64_t n) {
    const Bytes request{n};
    const auto arch = placer.architecture();
    ++counts.requests;
    if (!agree(placer.place(request, kind), oracle::land(request, kind, arch, setting.facts))) {
      result.fail(fmt::format("{}: {} bytes, {}: model and oracle place them differently",
                              setting.name, n, kind == ObjectKind::scan ? "scan" : "noscan"));
    }
    if (placer.round_up(request, kind) !=
        oracle::round_up_size(request, kind, arch, setting.facts)) {
      result.fail(fmt::format("{}: {} bytes, {}: model and oracle round up differently",
                              setting.name, n, kind == ObjectKind::scan ? "scan" : "noscan"));
    }
  };
  for (std::uint64_t n = 0; n <= exhaustive_up_to; ++n) compare(n);
  for (const std::uint64_t n : far_edges) compare(n);
}

void compare_spans(const Setting& setting, const model::Placer& placer, ObjectKind kind,
                   PlacementCounts& counts, StageResult& result) {
  for (std::size_t i = 1; i < placer.classes().count(); ++i) {
    const SizeClass& c = placer.classes()[i];
    const auto arch = placer.architecture();
    const auto layout = model::span_layout(c, kind, arch, setting.facts);
    ++counts.spans;
    if (layout.objects != oracle::objects_per_span(c, kind, arch, setting.facts) ||
        layout.heap_bitmap + layout.inline_marks !=
            oracle::span_reserve(c, kind, arch, setting.facts)) {
      result.fail(fmt::format("{}: class {}: model and oracle lay the span out differently",
                              setting.name, i));
    }
  }
}

}  // namespace

StageResult check_placements() {
  StageResult result{.name = "placement, model against oracle"};
  PlacementCounts counts;
  for (const Setting& setting : settings()) {
    for (const Architecture architecture : {Architecture::bits32, Architecture::bits64}) {
      const model::Placer placer(setting.facts, architecture);
      for (const ObjectKind kind : {ObjectKind::noscan, ObjectKind::scan}) {
        compare_requests(setting, placer, kind, counts, result);
        compare_spans(setting, placer, kind, counts, result);
      }
    }
  }
  result.count("requests", counts.requests);
  result.count("span layouts", counts.spans);
  return result;
}

}  // namespace heaplaw::cli
