#include "model/pages/page_bitmaps.h"

#include <algorithm>

#include "vocabulary/check.h"

namespace heaplaw::model {

PageBitmaps::Ref PageBitmaps::own(Ref like) {
  if (unused_.empty()) {
    HEAPLAW_CHECK(own_.size() < most, "{} bitmaps are all that a ref can tell", own_.size());
    own_.push_back(uniform_[like.index_]);
    return Ref{static_cast<std::uint16_t>(own_.size() + 1)};
  }
  const Ref ref{unused_.back()};
  unused_.pop_back();
  own_[ref.index_ - 2] = uniform_[like.index_];
  return ref;
}

void PageBitmaps::become(Ref& ref, Ref uniform) {
  if (!ref.uniform()) unused_.push_back(ref.index_);
  ref = uniform;
}

void PageBitmaps::set_range(Ref& ref, unsigned page, unsigned n) {
  if (n == chunk_pages) {
    become(ref, Ref::ones());
  } else if (n > 0 && ref != Ref::ones()) {
    changing(ref).set_range(page, n);
  }
}

void PageBitmaps::clear_range(Ref& ref, unsigned page, unsigned n) {
  if (n == chunk_pages) {
    become(ref, Ref::zeros());
  } else if (n > 0 && ref != Ref::zeros()) {
    changing(ref).clear_range(page, n);
  }
}

void PageBitmaps::settle(Ref& ref) {
  if (ref.uniform()) return;
  const PageBits& bits = (*this)[ref];
  for (const Ref uniform : {Ref::zeros(), Ref::ones()}) {
    if (bits == uniform_[uniform.index_]) return become(ref, uniform);
  }
}

void PageBitmaps::check_refs(const std::vector<Ref>& all) const {
  std::vector<std::uint16_t> used = unused_;
  for (const Ref ref : all) {
    if (!ref.uniform()) used.push_back(ref.index_);
  }
  std::ranges::sort(used);
  HEAPLAW_CHECK(used.size() == own_.size(), "{} bitmaps have room, {} are known", own_.size(),
                used.size());
  for (std::size_t i = 0; i < used.size(); ++i) {
    HEAPLAW_CHECK(used[i] == i + 2, "bitmap {} is used twice or by nobody", i + 2);
  }
}

}  // namespace heaplaw::model
