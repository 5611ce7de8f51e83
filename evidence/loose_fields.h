// Fields of MemStats by their names, in whatever text they stand: pretty-printed JSON, one field a
// line, a program's own log. A number is taken whole or not at all.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/mem_stats_fields.h"
#include "vocabulary/snapshot.h"

namespace heaplaw::evidence {

class LooseFields {
 public:
  // Called with each snapshot as soon as the next one begins, and by finish().
  using Each = std::function<void(Snapshot&&)>;
  explicit LooseFields(Each each) : each_(std::move(each)) {}

  // Reads a line's fields; how many there were. `cut` says that the line has no end: then a number
  // that reaches its end may be shorter than it was.
  std::size_t read(std::string_view line, bool cut);
  // Nothing follows, or something that is no part of the snapshot.
  void finish();

  // Whether a snapshot is on its way.
  [[nodiscard]] bool begun() const {
    return list_field_ || !snapshot_.has.empty() || snapshot_.debug_gc || snapshot_.enable_gc ||
           snapshot_.gc_cpu_fraction;
  }

  // Of the fields read so far, the names of those whose value could not be taken: "HeapIdle: 63 MB
  // has a unit".
  [[nodiscard]] const std::vector<std::string>& refused() const { return refused_; }
  void forget_refused() { refused_.clear(); }

 private:
  struct Value {
    std::string_view text;  // digits, 0x digits, or a floating-point number
    std::size_t end = 0;    // of it in the line
  };

  void take(const StructField& field, std::string_view line, std::size_t& at, bool cut);
  [[nodiscard]] bool has(const StructField& field) const;
  void begin_anew_if(bool repeated);
  void read_list(std::string_view line, std::size_t& at);
  void end_list(bool whole);
  // "Size", "Mallocs" or "Frees" of a row of BySize; false where the word is not part of a row.
  bool take_row_word(std::string_view word, std::string_view line, std::size_t& at, bool cut);
  void refuse(std::string_view name, std::string_view why);

  Each each_;
  Snapshot snapshot_;
  std::vector<std::string> refused_;
  const StructField* list_field_ = nullptr;  // of a list that goes on in the next line
  std::vector<std::uint64_t> list_;
  std::vector<BySizeEntry> rows_;
  unsigned row_part_ = 0;  // 1: behind Size, 2: behind Mallocs
};

}  // namespace heaplaw::evidence
