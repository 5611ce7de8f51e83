#include "oracle/naive/scavenge_index.h"

#include <algorithm>

namespace heaplaw::oracle::naive {

ScavengeIndex::Chunk& ScavengeIndex::entry_of(Page chunk) {
  const auto at = std::ranges::lower_bound(chunks_, chunk, {}, &Chunk::start);
  if (at != chunks_.end() && at->start == chunk) return *at;
  return *chunks_.insert(at, {.start = chunk});
}

void ScavengeIndex::touch(Chunk& chunk, std::uint64_t in_use_before) const {
  if (chunk.generation == generation_) return;
  chunk.generation = generation_;
  chunk.in_use_before = in_use_before;
}

void ScavengeIndex::taken(Page chunk, std::uint64_t in_use_before, std::uint64_t pages) {
  Chunk& entry = entry_of(chunk);
  touch(entry, in_use_before);
  if (in_use_before + pages == chunk_pages) entry.has_free = false;
}

void ScavengeIndex::freed(Page chunk, std::uint64_t in_use_before, Page last) {
  Chunk& entry = entry_of(chunk);
  touch(entry, in_use_before);
  entry.has_free = true;
  highest_freed_ = std::max(highest_freed_.value_or(last), last);
  Cursor& forced = cursors_[static_cast<std::size_t>(ScavengeWay::forced)];
  if (!forced.page || *forced.page < last) forced = {.page = last, .raised = true};
}

void ScavengeIndex::next_generation() {
  ++generation_;
  Cursor& growth = cursors_[static_cast<std::size_t>(ScavengeWay::growth)];
  if (highest_freed_ && (!growth.page || *growth.page < *highest_freed_)) {
    growth = {.page = highest_freed_, .raised = true};
  }
  highest_freed_.reset();
}

bool ScavengeIndex::may_look(const Chunk& chunk, std::uint64_t in_use, ScavengeWay way) const {
  if (!chunk.has_free) return false;
  if (way == ScavengeWay::forced) return true;
  const bool was_dense = chunk.generation == generation_ && chunk.in_use_before >= dense_pages_;
  return in_use < dense_pages_ && !was_dense;
}

}  // namespace heaplaw::oracle::naive
