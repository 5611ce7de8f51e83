// What must hold for the ledger of any figures, whether a process can have them or not.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "evidence/explanation/findings.h"
#include "evidence/explanation/ledger.h"
#include "oracle/tables/documented.h"
#include "properties/random.h"
#include "vocabulary/release_facts.h"

namespace heaplaw {
namespace {

using evidence::Bounds;
using evidence::Ledger;
using evidence::Observation;
using evidence::Part;
using properties::Random;

evidence::SlotTable slots_of(unsigned minor) {
  const ReleaseFacts facts = facts_of(Release{minor});
  const auto& table = oracle::documented_table_with(facts.size_classes);
  return {.classes = {table.classes.begin(), table.classes.end()},
          .page_size = facts.size_classes.page_size};
}

// A size that may be anything from nothing to a terabyte.
std::uint64_t any_size(Random& random) { return random.next() >> random.between(24, 63); }

// As the laws want it: a process could print it.
Snapshot lawful(Random& random) {
  Snapshot s;
  MemStats& m = s.stats;
  m.heap_idle = any_size(random);
  m.heap_released = m.heap_idle == 0 ? 0 : random.below(m.heap_idle + 1);
  m.heap_inuse = any_size(random);
  m.heap_sys = m.heap_idle + m.heap_inuse;
  m.heap_alloc = m.alloc = random.below(m.heap_inuse + 1);
  m.heap_objects = m.mallocs = m.heap_alloc / random.between(8, 4096);
  m.stack_inuse = any_size(random);
  m.stack_sys = m.stack_inuse + random.below(3) * 4096;
  m.mspan_sys = any_size(random);
  m.mspan_inuse = random.below(m.mspan_sys + 1);
  m.mcache_sys = any_size(random);
  m.mcache_inuse = random.below(m.mcache_sys + 1);
  m.buck_hash_sys = any_size(random);
  m.gc_sys = any_size(random);
  m.other_sys = any_size(random);
  m.sys = m.heap_sys + m.stack_sys + m.mspan_sys + m.mcache_sys + m.buck_hash_sys + m.gc_sys +
          m.other_sys;
  m.next_gc = random.once_in(8) ? random.next() : any_size(random);
  m.num_gc = random.below(3);
  s.has = FieldSet::all().without(FieldSet::by_size());
  return s;
}

Observation observed(Random& random, const Snapshot& snapshot) {
  const auto minor = static_cast<unsigned>(random.between(1, newest_release.minor()));
  const auto last = static_cast<unsigned>(random.between(minor, newest_release.minor()));
  Observation o{.figures = evidence::figures_of(snapshot, {minor, last}), .slots = slots_of(minor)};
  o.contradictions = settle(o.figures);
  if (random.once_in(2)) o.rss = any_size(random);
  if (random.once_in(2)) o.virt = any_size(random);
  if (random.once_in(2)) o.settings.gogc = static_cast<std::int64_t>(random.below(1000)) - 100;
  if (random.once_in(4)) o.settings.limit = any_size(random);
  return o;
}

void expect_sound(const Observation& o) {
  const Ledger ledger = ledger_of(o);
  for (const std::string& fault : faults_of(ledger)) RC_FAIL(fault);
  for (const auto& finding : findings_of(o, ledger)) RC_ASSERT(!finding.evidence.empty());
}

RC_GTEST_PROP(Ledgers, OfLawfulFiguresAddUpToSysExactly, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const Snapshot snapshot = lawful(random);
  const Observation o = observed(random, snapshot);
  RC_ASSERT(o.contradictions.empty());
  expect_sound(o);
  const Ledger ledger = ledger_of(o);
  Bounds sum = Bounds::exactly(0);
  for (const auto& line : ledger.lines) {
    const auto& text = line.text();
    const bool of_go = line.part > Part::sys;
    const bool leaf = text.depth == 2 || line.part == Part::returned;
    if (of_go && leaf) sum = sum + line.bytes;
  }
  RC_ASSERT(sum == Bounds::exactly(snapshot.stats.sys));
}

// Fields may be missing, and each may be any number.
RC_GTEST_PROP(Ledgers, OfAnyFiguresAreSound, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  Snapshot snapshot = lawful(random);
  for (const evidence::NamedFigure& figure : evidence::named_figures()) {
    if (random.once_in(4)) snapshot.stats.*figure.member = random.next() >> random.below(64);
  }
  Observation o = observed(random, snapshot);
  for (const evidence::NamedFigure& figure : evidence::named_figures()) {
    if (random.once_in(4)) (o.figures.*figure.figure).reset();
  }
  o.contradictions = settle(o.figures);
  expect_sound(o);
}

RC_GTEST_PROP(Ledgers, OfFiguresInWholeMiBAreSound, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  constexpr std::uint64_t mib = 1024 * 1024;
  Observation o = observed(random, lawful(random));
  for (const evidence::NamedFigure& figure : evidence::named_figures()) {
    auto& bounds = o.figures.*figure.figure;
    if (bounds) bounds = Bounds::floored(bounds->lower / mib, mib);
    if (random.once_in(3)) bounds.reset();
  }
  o.contradictions = settle(o.figures);
  RC_ASSERT(o.contradictions.empty());
  expect_sound(o);
}

}  // namespace
}  // namespace heaplaw
