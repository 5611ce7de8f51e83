// MSpanInuse of a recording: how many span records a P holds is seen from the spans that come and
// go in a subject, all but what its cache of records held at first (PA-25, MS-7).
#pragma once

#include <cstdint>
#include <vector>

#include "oracle/recording/unknowns.h"
#include "vocabulary/subject.h"

namespace heaplaw::oracle {

class SpanRecords {
 public:
  // A collection takes so many spans for work buffers.
  explicit SpanRecords(unsigned work_buffers) : work_buffers_(work_buffers) {}

  // Before and after each operation. Spans go only in some kinds of operations, and there last.
  void before(const Operation& operation, const Subject& subject);
  void after(const Operation& operation, const Subject& subject);

  // Whether any fill of the cache explains that so many records came into use since calibration.
  [[nodiscard]] bool explain(std::int64_t records);
  [[nodiscard]] std::size_t fills_possible() const { return fill_.candidates(); }

 private:
  std::size_t look(const Subject& subject);

  unsigned work_buffers_;
  SpanRecordFill fill_;
  bool begun_ = false;          // calibration is over
  std::vector<Address> spans_;  // where they begin, ascending
};

}  // namespace heaplaw::oracle
