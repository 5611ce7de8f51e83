// The bitmaps of up to 2^14 chunks. In a large heap most of them are all zeros or all ones: those
// share two bitmaps, and only the others take room. So a page that comes and goes in a full chunk
// finds its bits where the last one had them, and not in memory that no cache holds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/pages/page_bits.h"
#include "vocabulary/units.h"

namespace heaplaw::model {

class PageBitmaps {
 public:
  // Names a bitmap of this object; a new one names that of zeros.
  class Ref {
   public:
    static constexpr Ref zeros() { return Ref{0}; }
    static constexpr Ref ones() { return Ref{1}; }

    constexpr Ref() = default;
    [[nodiscard]] constexpr bool uniform() const { return index_ < 2; }
    constexpr bool operator==(const Ref&) const = default;

   private:
    friend class PageBitmaps;
    friend struct PageBitmapsFaults;  // of the test
    constexpr explicit Ref(std::uint16_t index) : index_(index) {}

    std::uint16_t index_ = 0;
  };

  // Good until the next change of any.
  [[nodiscard]] const PageBits& operator[](Ref ref) const {
    return ref.uniform() ? uniform_[ref.index_] : own_[ref.index_ - 2];
  }
  // To be changed; good until another ref is.
  [[nodiscard]] PageBits& changing(Ref& ref) {
    if (ref.uniform()) ref = own(ref);
    return own_[ref.index_ - 2];
  }
  void set_range(Ref& ref, unsigned page, unsigned n);
  void clear_range(Ref& ref, unsigned page, unsigned n);
  // The ones among these pages.
  [[nodiscard]] unsigned count(Ref ref, unsigned page, unsigned n) const {
    return ref == Ref::zeros() ? 0 : (*this)[ref].count(page, n);
  }
  // Gives back the room of a bitmap that has become uniform.
  void settle(Ref& ref);

  [[nodiscard]] Bytes metadata() const {
    return Bytes{own_.capacity() * sizeof(PageBits) + unused_.capacity() * sizeof(std::uint16_t)};
  }
  // Each bitmap with room of its own is one of these, and of no two, or nobody's.
  void check_refs(const std::vector<Ref>& all) const;

 private:
  friend struct PageBitmapsFaults;  // of the test

  static constexpr std::size_t most = 1 << 15;
  // By index of a ref.
  static constexpr std::array<PageBits, 2> uniform_ = {PageBits{}, PageBits::all_ones()};

  [[nodiscard]] Ref own(Ref like);
  void become(Ref& ref, Ref uniform);

  std::vector<PageBits> own_;          // by index of a ref, from 2 on
  std::vector<std::uint16_t> unused_;  // the last one was used last
};

}  // namespace heaplaw::model
