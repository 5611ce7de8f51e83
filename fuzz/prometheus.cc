// Any bytes as lines of an exposition or of runtime/metrics: whatever is a sample comes back from
// its printed form as it was.
#include "evidence/prometheus.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "vocabulary/check.h"

namespace heaplaw::evidence {
namespace {

void check_sample(std::string_view line) {
  LineScanner scanner(line);
  PrometheusSample sample;
  if (!match(scanner, sample)) return;
  const std::string printed = print(sample);
  LineScanner again(printed);
  PrometheusSample read;
  HEAPLAW_CHECK(match(again, read), "'{}' is printed as '{}'", line, printed);
  HEAPLAW_CHECK(read.name == sample.name && read.labels == sample.labels, "'{}'", printed);
  const bool both_nan = std::isnan(read.value.number) && std::isnan(sample.value.number);
  HEAPLAW_CHECK(both_nan || read.value.number == sample.value.number, "'{}'", printed);
  HEAPLAW_CHECK(read.value.whole == sample.value.whole, "'{}' and '{}'", line, printed);
  const Metric* const after = metric_after(metrics().data(), line);
  HEAPLAW_CHECK(!after || after == metric_named(sample.name).metric, "'{}'", line);
  HEAPLAW_CHECK(labels_without(sample.labels, "version").size() <= sample.labels.size(), "grown");
}

void check_metric(std::string_view line) {
  LineScanner scanner(line);
  RuntimeMetricLine metric;
  if (!match(scanner, metric)) return;
  HEAPLAW_CHECK(print(metric) == line, "'{}' becomes '{}'", line, print(metric));
}

void check(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    check_sample(line);
    check_metric(line);
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
}

}  // namespace
}  // namespace heaplaw::evidence

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  heaplaw::evidence::check({reinterpret_cast<const char*>(data), size});
  return 0;
}
