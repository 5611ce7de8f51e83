#include "evidence/loose_fields.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "evidence/go_float.h"

namespace heaplaw::evidence {

namespace {

constexpr std::size_t refused_max = 20;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Behind a name: its closing quote, blanks, and a colon or an equals sign; or blanks alone.
bool skip_separator(std::string_view line, std::size_t& at) {
  std::size_t i = at;
  const auto skip_blanks = [&] {
    while (i < line.size() && is_blank(line[i])) ++i;
  };
  if (i < line.size() && line[i] == '"') ++i;
  skip_blanks();
  if (i < line.size() && (line[i] == ':' || line[i] == '=')) ++i;
  skip_blanks();
  if (i == at) return false;
  at = i;
  return true;
}

struct Token {
  std::string_view text;
  std::string_view fault;  // why it is no number to take; empty if it is one
};

// The number at the place, with whatever spoils it.
Token number_token(std::string_view line, std::size_t at, bool cut) {
  constexpr std::string_view digits = "0123456789abcdefABCDEFxX.+-";
  std::size_t end = at;
  while (end < line.size() && digits.find(line[end]) != digits.npos) ++end;
  Token token{line.substr(at, end - at), {}};
  if (end == line.size() && cut) token.fault = "may be cut";
  if (end < line.size() && (is_letter(line[end]) || line[end] == '_')) token.fault = "has a unit";
  std::size_t next = end;
  while (next < line.size() && is_blank(line[next])) ++next;
  constexpr std::string_view units[] = {"B",  "KB",  "MB",  "GB",  "TB",
                                        "kB", "KiB", "MiB", "GiB", "TiB"};
  for (const std::string_view unit : units) {
    const std::string_view rest = line.substr(next);
    if (next > end && rest.starts_with(unit) &&
        (rest.size() == unit.size() || !is_letter(rest[unit.size()]))) {
      token.fault = "has a unit";
    }
  }
  return token;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  const bool hex = text.starts_with("0x");
  if (hex) text.remove_prefix(2);
  std::uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::size_t LooseFields::read(std::string_view line, bool cut) {
  std::size_t found = 0;
  std::size_t at = 0;
  if (list_field_) {
    read_list(line, at);
    ++found;
  }
  while (at < line.size()) {
    if (!is_letter(line[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < line.size() && (is_letter(line[at]) || is_digit(line[at]) || line[at] == '_')) ++at;
    if (begin > 0 && (is_digit(line[begin - 1]) || line[begin - 1] == '_')) continue;
    const std::string_view word = line.substr(begin, at - begin);
    if (take_row_word(word, line, at, cut)) continue;
    const StructField* const field = struct_field_named(word);
    if (!field || field->value == StructValue::by_size) continue;
    if (!skip_separator(line, at)) continue;
    const std::size_t before = at;
    take(*field, line, at, cut);
    found += at != before;
  }
  return found;
}

void LooseFields::finish() {
  list_field_ = nullptr;
  list_.clear();
  row_part_ = 0;
  rows_.clear();
  const bool anything = begun();
  Snapshot done = std::exchange(snapshot_, {});
  if (anything) each_(std::move(done));
}

bool LooseFields::has(const StructField& field) const {
  switch (field.value) {
    case StructValue::number:
      return snapshot_.has.contains(field.number);
    case StructValue::list:
      return !(snapshot_.*field.list).empty();
    case StructValue::fraction:
      return snapshot_.gc_cpu_fraction.has_value();
    case StructValue::flag:
      return (snapshot_.*field.flag).has_value();
    case StructValue::by_size:
      break;
  }
  return false;
}

void LooseFields::begin_anew_if(bool repeated) {
  if (repeated) finish();
}

void LooseFields::take(const StructField& field, std::string_view line, std::size_t& at, bool cut) {
  if (field.value == StructValue::list) {
    const std::size_t bracket = line.find('[', at);
    // Behind the type in %#v; else only there.
    const bool go_type = line.substr(at).starts_with("[256]uint64{");
    if (bracket != at) return;
    at += go_type ? std::string_view("[256]uint64{").size() : 1;
    begin_anew_if(has(field));
    list_field_ = &field;
    list_.clear();
    read_list(line, at);
    return;
  }
  if (field.value == StructValue::flag) {
    for (const std::string_view word : {"true", "false"}) {
      if (!line.substr(at).starts_with(word)) continue;
      begin_anew_if(has(field));
      snapshot_.*field.flag = word == "true";
      at += word.size();
    }
    return;
  }
  if (at >= line.size() || !(is_digit(line[at]) || line[at] == '-')) return;
  const Token token = number_token(line, at, cut);
  at += token.text.size();
  if (!token.fault.empty()) return refuse(field.name, token.fault);
  if (field.value == StructValue::fraction) {
    const auto value = parse_go_float(token.text);
    if (!value) return refuse(field.name, "is no number");
    begin_anew_if(has(field));
    snapshot_.gc_cpu_fraction = value;
    return;
  }
  const auto value = whole_number(token.text);
  if (!value) return refuse(field.name, "is no whole number of 64 bits");
  begin_anew_if(has(field));
  snapshot_.set(field.number, *value);
}

void LooseFields::read_list(std::string_view line, std::size_t& at) {
  while (at < line.size()) {
    const char c = line[at];
    if (c == ']' || c == '}') {
      ++at;
      return end_list(list_.size() == pause_count);
    }
    if (is_blank(c) || c == ',') {
      ++at;
      continue;
    }
    const std::size_t end = std::min(line.find_first_of(" \t,]}", at), line.size());
    const auto value = whole_number(line.substr(at, end - at));
    if (!value || list_.size() == pause_count) return end_list(false);
    list_.push_back(*value);
    at = end;
  }
}

void LooseFields::end_list(bool whole) {
  if (whole) {
    snapshot_.*list_field_->list = list_;
  } else {
    refuse(list_field_->name, "is not complete");
  }
  list_field_ = nullptr;
  list_.clear();
}

bool LooseFields::take_row_word(std::string_view word, std::string_view line, std::size_t& at,
                                bool cut) {
  constexpr std::string_view parts[] = {"Size", "Mallocs", "Frees"};
  if (word == "Size") row_part_ = 0;
  if (word != parts[row_part_]) {
    row_part_ = 0;
    return false;
  }
  if (row_part_ == 0 && rows_.size() == by_size_count) rows_.clear();
  if (!skip_separator(line, at)) return true;
  const Token token = number_token(line, at, cut);
  if (token.text.empty()) {  // the type of a row, in %#v
    row_part_ = 0;
    return true;
  }
  const auto value = token.fault.empty() ? whole_number(token.text) : std::nullopt;
  if (!value) {
    row_part_ = 0;
    rows_.clear();
    return true;
  }
  at += token.text.size();
  if (row_part_ == 0) {
    if (*value == 0) rows_.clear();
    rows_.emplace_back().size = *value;
  } else if (row_part_ == 1) {
    rows_.back().mallocs = *value;
  } else {
    rows_.back().frees = *value;
  }
  row_part_ = (row_part_ + 1) % 3;
  if (row_part_ == 0 && rows_.size() == by_size_count && rows_.front().size == 0) {
    std::ranges::copy(rows_, snapshot_.stats.by_size.begin());
    snapshot_.has.insert(FieldSet::by_size());
  }
  return true;
}

void LooseFields::refuse(std::string_view name, std::string_view why) {
  if (refused_.size() == refused_max) return;
  refused_.push_back(std::string(name) + " " + std::string(why));
}

}  // namespace heaplaw::evidence
