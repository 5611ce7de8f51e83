// Scans a file of any size piece by piece on all processors, in constant memory, and hands the
// pieces over in the file's order.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "evidence/evidence_block.h"

namespace heaplaw::cli {

struct ScanOptions {
  std::size_t piece_bytes = std::size_t{1} << 18U;
  std::size_t line_bytes_max = std::size_t{16} << 20U;
  unsigned threads = 0;  // 0: one a processor
};

// "-" is standard input. Throws InputError if the file cannot be read or a line is too long.
void scan_file(const std::string& path, const ScanOptions& options,
               const std::function<void(const evidence::EvidenceBlock&)>& each);

}  // namespace heaplaw::cli
