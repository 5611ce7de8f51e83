#include "evidence/heap_profile.h"

#include <utility>

#include <fmt/format.h>

#include "evidence/mem_stats_section.h"
#include "evidence/profile_lines.h"

namespace heaplaw::evidence {

namespace {

// Line by line; what may follow depends on what came before.
class ProfileReader {
 public:
  ProfileReader(LineReader& lines, const std::function<void(const ProfileHeader&)>& begin,
                const std::function<void(ProfileRecord&&)>& each)
      : lines_(lines), begin_(begin), each_(each) {}

  HeapProfile read() {
    next("a heap profile");
    LineScanner header(line_);
    if (!match_profile_header(header, profile_.header)) header.fail(lines_.place());
    begin_(profile_.header);
    read_records();
    if (profile_.mem_stats) read_mem_stats();
    narrow_by_form();
    return std::move(profile_);
  }

 private:
  void next(std::string_view expected) {
    if (!try_next()) throw InputError(lines_.place(), "the end of the file", expected);
  }
  // A last line without an end: the file was cut there.
  bool try_next() {
    if (std::exchange(again_, false)) return true;
    if (!lines_.next(line_)) return false;
    if (!lines_.ended()) {
      throw InputError(lines_.place(line_.size() + 1), "the end of the file", "a line end");
    }
    return true;
  }

  void read_records() {
    while (try_next()) {
      if (line_.empty()) {
        next(mem_stats_heading);
        if (line_ != mem_stats_heading) {
          throw InputError(lines_.place(1), quote(line_), quote(mem_stats_heading));
        }
        profile_.mem_stats.emplace();
        return;
      }
      if (!read_record()) return;
    }
    if (profile_.with_frames) {
      throw InputError(lines_.place(), "the end of the file", "the section of MemStats");
    }
  }

  // False where MemStats began.
  bool read_record() {
    ProfileRecord record;
    LineScanner line(line_);
    if (!match_profile_record(line, record)) line.fail(lines_.place());
    const bool first = !std::exchange(has_records_, true);
    const bool more = !first || find_out_whether_with_frames();
    if (more && profile_.with_frames) read_frames(record);
    each_(std::move(record));
    return more;
  }

  // With frames a blank line ends each record, and another one stands before MemStats.
  bool find_out_whether_with_frames() {
    if (!try_next()) return true;
    if (!line_.empty()) {
      profile_.with_frames = line_.starts_with('#');
      again_ = true;
      return true;
    }
    next("a record");
    if (line_ == mem_stats_heading) {
      profile_.mem_stats.emplace();
      return false;
    }
    profile_.with_frames = true;
    frames_done_ = again_ = true;
    return true;
  }

  void read_frames(ProfileRecord& record) {
    if (std::exchange(frames_done_, false)) return;
    constexpr std::size_t frames_max = 4096;
    for (next("a frame"); !line_.empty(); next("a frame")) {
      ProfileFrame frame;
      LineScanner line(line_);
      if (!match_profile_frame(line, frame) || record.frames.size() == frames_max) {
        line.fail(lines_.place());
      }
      record.frames.push_back(std::move(frame));
    }
  }

  void read_mem_stats() {
    const SectionKey* previous = nullptr;
    while (try_next()) {
      LineScanner line(line_);
      const SectionLine found = match_section_line(line, *profile_.mem_stats);
      if (!found.key || !line.end()) line.fail(lines_.place());
      if (previous && found.key <= previous) {
        throw InputError(lines_.place(3), found.key->name, "a field that comes later");
      }
      const bool whole = !found.key->list || ((*profile_.mem_stats).*found.key->list).size() == 256;
      if (!whole) throw InputError(lines_.place(1), "a shorter list", "256 numbers");
      previous = found.key;
    }
    for (const SectionKey& key : section_keys()) narrow_by(key);
  }

  void narrow_by(const SectionKey& key) {
    if (has_key(*profile_.mem_stats, key)) {
      narrow(key.releases);
    } else if (key.everywhere) {
      narrow(releases_without(key));
    }
  }

  // A key came or went once.
  ReleaseSpan releases_without(const SectionKey& key) const {
    constexpr ReleaseSpan all;
    if (key.releases.first > all.first) return {all.first, key.releases.first - 1};
    if (key.releases.last < all.last) return ReleaseSpan::since(key.releases.last + 1);
    throw InputError(lines_.place(), "no " + std::string(key.name), "that field in each release");
  }

  // Formats, 1.1: who prints MemStats, and who prints records without frames.
  void narrow_by_form() {
    if (!profile_.mem_stats) narrow({0, 4});
    if (!profile_.with_frames && has_records_) {
      narrow(profile_.mem_stats ? ReleaseSpan{5, 7} : ReleaseSpan{0, 4});
    }
    if (profile_.mem_stats) narrow(releases_of(*profile_.mem_stats));
    if (profile_.releases.empty()) {
      throw InputError(lines_.place(), "a mixture of releases", "what one release prints");
    }
  }
  void narrow(const ReleaseSpan& by) { profile_.releases = profile_.releases.intersected(by); }

  LineReader& lines_;
  const std::function<void(const ProfileHeader&)>& begin_;
  const std::function<void(ProfileRecord&&)>& each_;
  HeapProfile profile_;
  std::string_view line_;
  bool again_ = false;        // line_ is the next line, too
  bool frames_done_ = false;  // the blank line behind the first record was already read
  bool has_records_ = false;
};

}  // namespace

HeapProfile read_heap_profile(LineReader& lines, const std::function<void(ProfileRecord&&)>& each) {
  return read_heap_profile(
      lines, [](const ProfileHeader&) {}, each);
}

HeapProfile read_heap_profile(LineReader& lines,
                              const std::function<void(const ProfileHeader&)>& begin,
                              const std::function<void(ProfileRecord&&)>& each) {
  return ProfileReader(lines, begin, each).read();
}

HeapProfile parse_heap_profile(std::string_view text, const std::string& file) {
  LineReader lines(text, file, profile_line_max);
  std::vector<ProfileRecord> records;
  HeapProfile profile = read_heap_profile(
      lines, [&](ProfileRecord&& record) { records.push_back(std::move(record)); });
  profile.records = std::move(records);
  return profile;
}

}  // namespace heaplaw::evidence
