#include "evidence/table_header.h"

#include <algorithm>

namespace heaplaw::evidence {

namespace {

constexpr Heading class_table[] = {
    {"class", 0},      {"bytes/obj", 1},   {"bytes/span", 2}, {"objects", 3},
    {"tail waste", 4}, {"waste bytes", 4}, {"max waste", 5},  {"min align", 6},
};
constexpr Heading alignment_table[] = {{"alignment", 0}, {"bits", 1}, {"min obj size", 2}};

// How many words from the front spell the heading; 0 if they do not.
std::size_t words_of(std::string_view heading, std::span<const Word> words) {
  const std::vector<Word> wanted = split_words(heading, 0, 3);
  if (words.size() < wanted.size()) return 0;
  const bool same = std::equal(wanted.begin(), wanted.end(), words.begin(),
                               [](const Word& a, const Word& b) { return a.text == b.text; });
  return same ? wanted.size() : 0;
}

// How many words from the front stand closer than two blanks to the one before.
std::size_t words_before_gap(std::span<const Word> words) {
  std::size_t n = 1;
  while (n < words.size() &&
         words[n].offset <= words[n - 1].offset + words[n - 1].text.size() + 1) {
    ++n;
  }
  return n;
}

}  // namespace

std::span<const Heading> class_headings() { return class_table; }
std::span<const Heading> alignment_headings() { return alignment_table; }

std::vector<HeaderColumn> read_header(std::span<const Word> words,
                                      std::span<const Heading> headings, std::string_view needed) {
  // Nearly all comments are no headers; that must not cost more than a glance.
  const std::string_view sign = needed.substr(0, needed.find(' '));
  if (std::ranges::none_of(words, [&](const Word& w) { return w.text == sign; })) return {};

  std::vector<HeaderColumn> out;
  std::size_t known = 0;
  bool has_needed = false;
  while (!words.empty()) {
    std::size_t taken = 0;
    for (const Heading& heading : headings) {
      taken = words_of(heading.text, words);
      if (taken == 0) continue;
      out.push_back({.heading = &heading, .first_word = words.front()});
      ++known;
      has_needed |= heading.text == needed;
      break;
    }
    if (taken == 0) {
      out.push_back({.heading = nullptr, .first_word = words.front()});
      taken = words_before_gap(words);
    }
    words = words.subspan(taken);
  }
  if (!has_needed || known < 2) out.clear();
  return out;
}

}  // namespace heaplaw::evidence
