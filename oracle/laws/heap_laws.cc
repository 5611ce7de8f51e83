#include "oracle/laws/heap_laws.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

#include "oracle/laws/heap_chapters.h"
#include "oracle/laws/release_range.h"

namespace heaplaw::oracle {

namespace {

// By need.
std::array<bool, 6> met_by(const HeapMoment& m) {
  const bool step = m.now && m.before && m.ledger && m.ledger->last && m.one_step;
  return {m.now != nullptr,
          m.now && m.ledger,
          m.now && m.before,
          step,
          m.now && m.map && m.ledger && m.objects,
          step && m.map && m.map_before};
}

}  // namespace

std::span<const HeapChapter> heap_chapters() {
  static const std::array chapters = {
      HeapChapter{"Sums", Needs::snapshot, laws_of_sums()},
      HeapChapter{"Size classes", Needs::snapshot, laws_of_by_size()},
      HeapChapter{"The history", Needs::history, laws_of_history()},
      HeapChapter{"Goals", Needs::history, laws_of_goals()},
      HeapChapter{"Counters", Needs::two_snapshots, laws_of_counters()},
      HeapChapter{"Operations", Needs::one_step, laws_of_steps()},
      HeapChapter{"Collections", Needs::one_step, laws_of_collections()},
      HeapChapter{"Recounts", Needs::map, laws_of_recounts()},
      HeapChapter{"Objects", Needs::map, laws_of_objects()},
      HeapChapter{"Free pages", Needs::map, laws_of_free_pages()},
      HeapChapter{"Placement", Needs::two_maps, laws_of_placement()},
  };
  return chapters;
}

std::span<const HeapLaw* const> heap_laws() {
  static const std::vector<const HeapLaw*> laws = [] {
    std::vector<const HeapLaw*> all;
    for (const HeapChapter& chapter : heap_chapters()) {
      for (const HeapLaw& law : chapter.laws) all.push_back(&law);
    }
    return all;
  }();
  return laws;
}

const HeapLaw* heap_law_named(std::string_view id) {
  const auto laws = heap_laws();
  const auto found =
      std::ranges::find_if(laws, [&](const HeapLaw* law) { return law->text.id == id; });
  return found == laws.end() ? nullptr : *found;
}

HeapLawBook::HeapLawBook(const Release& release)
    : chapters_(chapters_of(release)), evaluations_(heap_laws().size()) {}

// Put together once for each release: a judge of a short history has no time to read all texts.
const std::vector<HeapLawBook::Chapter>& HeapLawBook::chapters_of(const Release& release) {
  static std::mutex mutex;
  static std::map<Release, std::vector<Chapter>> known;
  const std::scoped_lock lock(mutex);
  const auto [at, is_new] = known.try_emplace(release);
  if (!is_new) return at->second;
  std::size_t number = 0;
  for (const HeapChapter& chapter : heap_chapters()) {
    Chapter& here = at->second.emplace_back(Chapter{chapter.needs, {}});
    for (const HeapLaw& law : chapter.laws) {
      if (covers(law.text.releases, release)) here.entries.push_back({&law, number});
      ++number;
    }
  }
  return at->second;
}

void HeapLawBook::judge(const HeapMoment& moment, HeapFindings& findings) {
  const auto met = met_by(moment);
  for (const Chapter& chapter : chapters_) {
    if (!met[static_cast<std::size_t>(chapter.needs)]) continue;
    for (const Entry& entry : chapter.entries) {
      const std::size_t compared = findings.comparisons();
      findings.begin(entry.law->text);
      entry.law->judge(moment, findings);
      evaluations_[entry.number] += findings.comparisons() != compared;
    }
  }
}

}  // namespace heaplaw::oracle
