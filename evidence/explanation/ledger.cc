#include "evidence/explanation/ledger.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace heaplaw::evidence {

namespace {

using Figure = Figures::Figure;

class LedgerMaker {
 public:
  explicit LedgerMaker(const Observation& observation) : o_(observation), f_(observation.figures) {}

  Ledger make() {
    add_parts_of_go();
    add_sums();
    add_rss();
    std::ranges::sort(ledger_.lines, {}, &LedgerLine::part);
    return std::move(ledger_);
  }

 private:
  void add(Part part, const Bounds& bytes, std::string note = {}) {
    ledger_.lines.push_back({part, bytes, std::move(note)});
  }

  void add_parts_of_go() {
    add_inuse();
    if (f_.heap_idle && f_.heap_released) add_held(Part::idle, *f_.heap_idle - *f_.heap_released);
    if (f_.heap_idle && !f_.heap_released) add_held(Part::idle, *f_.heap_idle, "returned or not");
    if (f_.heap_released) {
      returned_ = *f_.heap_released;
      add(Part::returned, returned_,
          may_free_lazily(f_) ? "MADV_FREE may leave it in RSS, GODEBUG=madvdontneed=1 does not"
                              : "");
    }
    add_stacks();
    add_record(Part::span_records, f_.mspan_sys, f_.mspan_inuse);
    add_record(Part::cache_records, f_.mcache_sys, f_.mcache_inuse);
    add_record(Part::gc_metadata, f_.gc_sys, {});
    add_record(Part::buckets, f_.buck_hash_sys, {});
    add_record(Part::other, f_.other_sys, {});
  }

  void add_inuse() {
    if (f_.heap_inuse) {
      add_held(Part::inuse, *f_.heap_inuse);
    } else if (f_.heap_alloc) {
      add_held(Part::inuse, *f_.heap_alloc, "spans are not told, objects are");
    }
    if (!f_.heap_alloc) return;
    add(Part::objects, *f_.heap_alloc);
    const LiveHeap live = live_heap_of(f_, o_.settings);
    std::string how = live.how;
    if (f_.sampled_live) {
      how += fmt::format("; a heap profile estimates {}", f_.sampled_live->lower);
    }
    add(Part::live, live.bytes, std::move(how));
    add(Part::garbage, parts_of(*f_.heap_alloc, live.bytes));
    if (f_.heap_objects) add(Part::rounding, rounding_waste(f_, o_.slots));
    if (!f_.heap_inuse) return;
    const Bounds unused = *f_.heap_inuse - *f_.heap_alloc;
    const Bounds tails = tail_waste(f_, o_.slots);
    add(Part::unused, unused);
    add(Part::tails, tails);
    add(Part::free_slots, parts_of(unused, tails));
  }

  // What is left of a whole; where the whole is exact the bounds mirror each other.
  static Bounds parts_of(const Bounds& whole, const Bounds& part) { return whole - part; }

  void add_held(Part part, const Bounds& bytes, std::string note = {}) {
    add(part, bytes, std::move(note));
    told_ = told_ + bytes;
  }

  void add_stacks() {
    if (f_.stack_inuse) add_held(Part::stacks, *f_.stack_inuse);
    if (f_.stack_inuse && f_.stack_sys) {
      add_held(Part::os_stacks, *f_.stack_sys - *f_.stack_inuse);
    } else if (f_.stack_sys) {
      add_held(Part::stacks, *f_.stack_sys, "those of threads included");
    }
  }

  void add_record(Part part, const Figure& sys, const Figure& inuse) {
    if (sys) {
      std::string note;
      if (inuse) note = fmt::format("{} of them in use", inuse->upper);
      add_held(part, *sys, std::move(note));
    } else if (inuse) {
      add_held(part, *inuse, "those in use");
    }
  }

  void add_sums() {
    if (!f_.sys) {
      add(Part::sys, told_ + returned_, "Sys is not told: the parts that are");
      add(Part::held, told_);
      return;
    }
    const Bounds held = *f_.sys - returned_;
    add(Part::sys, *f_.sys);
    add(Part::held, held);
    const Bounds untold = held - told_;
    if (untold.upper > 0) add(Part::untold, untold);
  }

  [[nodiscard]] bool whole() const { return f_.sys.has_value(); }

  void add_rss() {
    const Bounds sys = ledger_.find(Part::sys)->bytes;
    if (o_.virt) {
      add(Part::virt, Bounds::exactly(*o_.virt));
      add(Part::beyond_go, Bounds::exactly(*o_.virt) - sys);
    }
    if (!o_.rss) return;
    const Bounds rss = Bounds::exactly(*o_.rss);
    const Bounds held = ledger_.find(Part::held)->bytes;
    const std::uint64_t most = may_free_lazily(f_) ? (held + returned_).upper : held.upper;
    const Bounds resident = Bounds::at_most(whole() ? std::min(*o_.rss, most) : *o_.rss);
    add(Part::rss, rss);
    add(Part::resident, resident);
    if (held.lower > *o_.rss) add(Part::absent, {held.lower - *o_.rss, held.upper});
    add(Part::outside, rss - resident,
        whole() ? ""
                : fmt::format("{} if what is not told is nothing",
                              *o_.rss - std::min(*o_.rss, held.upper)));
  }

  const Observation& o_;
  const Figures& f_;
  Ledger ledger_;
  Bounds told_ = Bounds::exactly(0);  // in held
  Bounds returned_ = Bounds::exactly(0);
};

// A line and the lines that make it up.
struct Whole {
  const LedgerLine* line;
  std::vector<const LedgerLine*> parts;
};

std::vector<Whole> wholes_of(const Ledger& ledger) {
  std::vector<Whole> wholes;
  for (std::size_t i = 0; i < ledger.lines.size(); ++i) {
    Whole whole{&ledger.lines[i], {}};
    const unsigned depth = whole.line->text().depth;
    for (std::size_t j = i + 1; j < ledger.lines.size(); ++j) {
      const PartText& text = ledger.lines[j].text();
      if (text.depth <= depth) break;
      if (text.depth == depth + 1 && !text.aside) whole.parts.push_back(&ledger.lines[j]);
    }
    if (!whole.parts.empty()) wholes.push_back(std::move(whole));
  }
  return wholes;
}

}  // namespace

const LedgerLine* Ledger::find(Part part) const {
  const auto found = std::ranges::find(lines, part, &LedgerLine::part);
  return found == lines.end() ? nullptr : &*found;
}

Ledger ledger_of(const Observation& observation) { return LedgerMaker(observation).make(); }

std::vector<std::string> faults_of(const Ledger& ledger) {
  std::vector<std::string> faults;
  for (const LedgerLine& line : ledger.lines) {
    if (line.bytes.lower > line.bytes.upper) {
      faults.push_back(
          fmt::format("{}: {} to {}", line.text().id, line.bytes.lower, line.bytes.upper));
    }
  }
  for (const Whole& whole : wholes_of(ledger)) {
    // The address space has one part that is not Go's; the rest of it is the next line.
    if (whole.line->part == Part::virt) continue;
    Bounds sum = Bounds::exactly(0);
    bool exact = whole.line->bytes.exact();
    for (const LedgerLine* part : whole.parts) {
      sum = sum + part->bytes;
      exact = exact && part->bytes.exact();
      if (part->bytes.upper > whole.line->bytes.upper) {
        faults.push_back(fmt::format("{}: more than {}", part->text().id, whole.line->text().id));
      }
    }
    const bool fits =
        exact ? sum == whole.line->bytes : sum.narrowed(whole.line->bytes).has_value();
    if (!fits) {
      faults.push_back(fmt::format("{}: {} to {}, its parts {} to {}", whole.line->text().id,
                                   whole.line->bytes.lower, whole.line->bytes.upper, sum.lower,
                                   sum.upper));
    }
  }
  return faults;
}

}  // namespace heaplaw::evidence
