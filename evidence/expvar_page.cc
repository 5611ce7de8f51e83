#include "evidence/expvar_page.h"

#include <algorithm>

#include "evidence/json_extent.h"

namespace heaplaw::evidence {

namespace {

constexpr std::string_view mem_stats_name = "memstats";

class PageReader {
 public:
  PageReader(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  ExpvarPage read() {
    expect("{\n");
    while (!skip("\n}\n")) {
      if (!page_.variables.empty()) expect(",\n");
      read_variable();
    }
    if (at_ != text_.size()) fail("the end of the file");
    return std::move(page_);
  }

 private:
  bool skip(std::string_view token) {
    if (!text_.substr(at_).starts_with(token)) return false;
    at_ += token.size();
    return true;
  }
  void expect(std::string_view token) {
    if (!skip(token)) fail(quote(token));
  }

  void read_variable() {
    const auto length = json_string_extent(text_.substr(at_));
    if (!length) fail("the name of a variable");
    const std::string name(text_.substr(at_ + 1, *length - 2));
    if (!page_.variables.empty() && name <= page_.variables.back().name) {
      fail("a name after " + page_.variables.back().name);
    }
    at_ += *length;
    expect(": ");
    if (name == mem_stats_name) {
      read_mem_stats();
      page_.variables.push_back({name, ""});
      return;
    }
    const auto extent = json_extent(text_.substr(at_));
    if (!extent) fail("a JSON value");
    page_.variables.push_back({name, std::string(text_.substr(at_, *extent))});
    at_ += *extent;
  }

  void read_mem_stats() {
    const std::string_view rest = text_.substr(at_);
    LineScanner scanner(rest);
    page_.mem_stats.emplace();
    if (!match(scanner, *page_.mem_stats) || page_.mem_stats->form != ValueForm::json) {
      scanner.fail(place());
    }
    at_ += scanner.offset();
  }

  [[nodiscard]] Place place() const {
    const std::string_view before = text_.substr(0, at_);
    const auto line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
    const std::size_t newline = before.rfind('\n');
    return {file_, line, newline == before.npos ? at_ + 1 : at_ - newline};
  }
  [[noreturn]] void fail(std::string_view expected) const {
    const std::string_view rest = text_.substr(at_);
    throw InputError(place(), rest.empty() ? "the end of the file" : quote(rest.substr(0, 24)),
                     expected);
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  ExpvarPage page_;
};

}  // namespace

ExpvarPage parse_expvar_page(std::string_view text, const std::string& file) {
  return PageReader(text, file).read();
}

std::string print(const ExpvarPage& page) {
  std::string out = "{\n";
  std::string_view before;
  for (const ExpvarPage::Variable& variable : page.variables) {
    out += before;
    out += "\"" + variable.name + "\": ";
    out += variable.name == mem_stats_name ? print(*page.mem_stats) : variable.value;
    before = ",\n";
  }
  return out + "\n}\n";
}

}  // namespace heaplaw::evidence
