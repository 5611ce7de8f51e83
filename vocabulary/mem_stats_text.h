// A snapshot as one line: "memstats Alloc=2283424 TotalAlloc=... BySize=0:0:0,8:1027:2,...", each
// class as size:mallocs:frees.
#pragma once

#include <string>

#include "vocabulary/mem_stats.h"
#include "vocabulary/text_cursor.h"

namespace heaplaw {

// Without a line end.
void append_text(std::string& out, const MemStats& stats);
[[nodiscard]] std::string to_string(const MemStats& stats);

// Reads the fields after the word "memstats", strictly in the order of printing; only those that
// are not always printed may be missing. Throws InputError.
[[nodiscard]] MemStats take_mem_stats(TextCursor& cursor);

}  // namespace heaplaw
