// A recording as a subject: it says again what a real process said.
#pragma once

#include <string>

#include "vocabulary/recording.h"
#include "vocabulary/subject.h"

namespace heaplaw::oracle {

class RecordedProcess final : public Subject {
 public:
  // The recording must outlive it.
  explicit RecordedProcess(const Recording& recording);

  [[nodiscard]] std::string_view name() const override { return name_; }
  // Fails a check for any operation but the recorded one. An allocation whose address was not
  // recorded answers nothing.
  [[nodiscard]] Observation apply(const Operation& operation) override;
  // The snapshot last recorded; all zero before the first.
  [[nodiscard]] MemStats mem_stats() const override;
  // No process tells its pages: nothing but the region as a whole is known.
  [[nodiscard]] PageMap page_map() const override { return PageMap{}; }

 private:
  const Recording* recording_;
  std::string name_;
  std::size_t next_ = 0;
  std::size_t snapshots_ = 0;
};

}  // namespace heaplaw::oracle
