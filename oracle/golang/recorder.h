// Asks a real Go: builds the recorder with it and has it execute traces.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "oracle/golang/child.h"
#include "oracle/golang/scratch_folder.h"
#include "oracle/golang/toolchain.h"
#include "vocabulary/recording.h"

namespace heaplaw::oracle {

// What came of one run.
struct Run {
  std::optional<Recording> recording;  // nothing where the runtime disturbed the run
  std::string disturbance;             // then: what it did
};

// How long the operations of a trace took, in a process that did nothing else.
struct RaceTime {
  std::uint64_t wall_ns = 0;
  std::uint64_t cpu_ns = 0;  // of all threads
  std::uint64_t collections = 0;
};

class Recorder {
 public:
  // Builds it. Throws GoError. `interrupted` ends whatever runs, with a GoError.
  explicit Recorder(const Toolchain& toolchain, const std::atomic<bool>* interrupted = nullptr);

  // One run in a process of its own; may be called from several threads. Throws GoError where the
  // recorder cannot do its work here, or for a trace that no process can execute.
  [[nodiscard]] Run run(const Trace& trace) const;

  // Runs until one was not disturbed, and counts those that were. Throws GoError after too many.
  [[nodiscard]] Recording record(const Trace& trace, std::atomic<std::uint64_t>& disturbed) const;

  // Of a trace of alloc and drop alone, under GOGC=100 on one P. Throws GoError.
  [[nodiscard]] RaceTime race(const Trace& trace) const;

 private:
  [[nodiscard]] ChildResult ask(const ChildOrder& order) const;

  Toolchain toolchain_;
  const std::atomic<bool>* interrupted_;
  ScratchFolder scratch_;
  std::filesystem::path program_;
};

}  // namespace heaplaw::oracle
