#include "oracle/tables/table_laws.h"

#include <vector>

#include "oracle/tables/laws_by_topic.h"

namespace heaplaw::oracle {

std::span<const TableLaw> table_laws() {
  static const std::vector<TableLaw> laws = [] {
    std::vector<TableLaw> all;
    for (const auto topic : {laws_of_shape, laws_of_spans, laws_of_sizes, laws_of_constants,
                             laws_of_rows, laws_of_alignments, laws_of_lookups, laws_of_magic}) {
      all.insert(all.end(), topic().begin(), topic().end());
    }
    return all;
  }();
  return laws;
}

void judge(const SizeClassTable& table, TableFindings& findings) {
  for (const TableLaw& law : table_laws()) {
    findings.begin(law.text);
    law.judge(table, findings);
  }
}

}  // namespace heaplaw::oracle
