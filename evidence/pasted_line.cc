#include "evidence/pasted_line.h"

#include <algorithm>
#include <array>

namespace heaplaw::evidence {

namespace {

struct Entity {
  std::string_view text;
  std::string_view means;
};
constexpr Entity entities[] = {{"&gt;", ">"},     {"&lt;", "<"},        {"&amp;", "&"},
                               {"&quot;", "\""},  {"&#34;", "\""},      {"&#39;", "'"},
                               {"&nbsp;", " "},   {"&#62;", ">"},       {"&#43;", "+"},
                               {"\xc2\xa0", " "}, {"\xe3\x80\x80", " "}};

// The length of the element that the text begins with: "<br />", "</span>"; 0 if it is none.
std::size_t element_length(std::string_view text) {
  constexpr std::size_t longest = 400;
  if (text.size() < 3 || text[0] != '<') return 0;
  const char first = text[1] == '/' ? text[2] : text[1];
  const bool letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
  const std::size_t end = text.substr(0, longest).find_first_of("<>", 1);
  return letter && end != text.npos && text[end] == '>' ? end + 1 : 0;
}

constexpr std::array<std::string_view, 6> marks = {"//", "/*", "*/", "* ", "> ", "| "};

void trim(std::string& line) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!line.empty() && is_blank(line.back())) line.pop_back();
  std::size_t begin = 0;
  const std::string_view text = line;
  for (bool moved = true; moved;) {
    moved = false;
    while (begin < text.size() && is_blank(text[begin])) ++begin;
    for (const std::string_view mark : marks) {
      if (text.substr(begin).starts_with(mark)) {
        begin += mark.size();
        moved = true;
        break;
      }
    }
  }
  line.erase(0, begin);
}

}  // namespace

void mend_line(std::string_view line, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < line.size();) {
    const std::string_view rest = line.substr(i);
    if (const std::size_t element = element_length(rest); element > 0) {
      i += element;
      continue;
    }
    const auto* const entity =
        rest[0] == '&' || rest[0] == '\xc2' || rest[0] == '\xe3'
            ? std::ranges::find_if(entities,
                                   [&](const Entity& e) { return rest.starts_with(e.text); })
            : std::end(entities);
    if (entity != std::end(entities)) {
      out += entity->means;
      i += entity->text.size();
      continue;
    }
    if (rest[0] == ',' && out.ends_with(' ')) out.pop_back();
    out += rest[0];
    ++i;
  }
  trim(out);
}

std::size_t find_trace_word(std::string_view line, std::size_t from) {
  constexpr std::array<std::string_view, 4> words = {"gc", "scvg", "forced scvg: ", "scav "};
  const auto is_word = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  for (std::size_t i = from; i < line.size(); ++i) {
    const char c = line[i];
    if ((c != 'g' && c != 's' && c != 'f') || (i > 0 && is_word(line[i - 1]))) continue;
    const std::string_view rest = line.substr(i);
    for (const std::string_view word : words) {
      if (rest.starts_with(word)) return i;
    }
  }
  return line.npos;
}

}  // namespace heaplaw::evidence
