// NextGC of a recording, as far as it follows from the snapshot that it stands in (GC-13, GC-14).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "oracle/laws/heap_ledger.h"
#include "oracle/recording/unknowns.h"
#include "vocabulary/mem_stats.h"
#include "vocabulary/release.h"
#include "vocabulary/subject.h"

namespace heaplaw::oracle {

class GoalRule {
 public:
  // After each operation; asks the subject how much was allocated since the last collection.
  void follow(const Operation& operation, const Subject& subject);

  // Nothing where no rule applies; an empty text where the goal follows it, else what it should be.
  [[nodiscard]] std::optional<std::string> judge(const MemStats& recorded, const HeapLedger& ledger,
                                                 const Release& release, const Subject& subject);

  // Whether stacks and globals entered any goal, and how many bytes they can be.
  [[nodiscard]] bool used() const { return scanned_.observed(); }
  [[nodiscard]] std::uint64_t least() const { return scanned_.least(); }
  [[nodiscard]] std::uint64_t most() const { return scanned_.most(); }

 private:
  ScannedBytes scanned_;
  bool collected_ = false;
  bool directly_ = false;           // and not by FreeOSMemory
  bool committed_unswept_ = false;  // at the end of marking: then the goal leaves room to sweep
  std::uint64_t total_at_collection_ = 0;
};

}  // namespace heaplaw::oracle
