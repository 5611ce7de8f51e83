#include "oracle/recording/span_records.h"

#include <algorithm>
#include <iterator>

namespace heaplaw::oracle {

using enum OperationKind;

namespace {

std::vector<Address> spans_of(const Subject& subject) {
  std::vector<Address> spans;
  const PageMap map = subject.page_map();
  for (const PageRun& run : map.runs()) {
    if (is_span(run.state.use)) spans.push_back(run.start);
  }
  return spans;
}

std::size_t missing_in(const std::vector<Address>& some, const std::vector<Address>& others) {
  std::vector<Address> missing;
  std::ranges::set_difference(some, others, std::back_inserter(missing));
  return missing.size();
}

// Collections that the operation consists of.
std::size_t cycles_of(OperationKind kind) {
  return kind == gc ? 1 : kind == free_os_memory ? 2 : 0;
}

bool may_free_spans(OperationKind kind) {
  return cycles_of(kind) != 0 || kind == read_memstats || kind == stack_grow || kind == stack_free;
}

}  // namespace

// Takes note of the spans that have come; returns how many have gone.
std::size_t SpanRecords::look(const Subject& subject) {
  std::vector<Address> now = spans_of(subject);
  std::swap(spans_, now);
  if (begun_) {
    for (std::size_t come = missing_in(spans_, now); come > 0; --come) fill_.span_allocated();
  }
  return missing_in(now, spans_);
}

void SpanRecords::before(const Operation& operation, const Subject& subject) {
  if (may_free_spans(operation.kind)) (void)look(subject);
}

void SpanRecords::after(const Operation& operation, const Subject& subject) {
  if (!may_free_spans(operation.kind)) return;
  std::size_t gone = look(subject);
  if (!begun_) gone = 0;
  // Each cycle takes its work buffers first and gives them back last.
  const std::size_t cycles = cycles_of(operation.kind);
  for (std::size_t cycle = 0; cycle < std::max<std::size_t>(cycles, 1); ++cycle) {
    const unsigned buffers = cycles != 0 ? work_buffers_ : 0;
    for (unsigned i = 0; i < buffers; ++i) fill_.span_allocated();
    for (; gone > 0; --gone) fill_.span_freed();
    for (unsigned i = 0; i < buffers; ++i) fill_.span_freed();
  }
  begun_ = true;
}

bool SpanRecords::explain(std::int64_t records) {
  fill_.observe(records);
  return fill_.candidates() != 0;
}

}  // namespace heaplaw::oracle
