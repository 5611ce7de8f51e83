#include "vocabulary/page_picture.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

#include <fmt/format.h>

namespace heaplaw {

namespace {

// What begins a run and what continues it.
struct Glyph {
  char head;
  char body;
};
constexpr std::array<Glyph, page_use_count> glyphs = {{
    {' ', ' '},
    {'_', '_'},
    {'.', '.'},
    {'c', 'c'},
    {',', ','},
    {'N', 'n'},
    {'K', 'k'},
    {'W', 'w'},
    {'O', 'o'},
}};
// Object spans by kind, small and large.
constexpr Glyph object_glyphs[2][2] = {{{'N', 'n'}, {'S', 's'}}, {{'L', 'l'}, {'P', 'p'}}};

Glyph glyph_of(const PageState& state) {
  if (state.use != PageUse::object_span) return glyphs[static_cast<std::size_t>(state.use)];
  return object_glyphs[state.size_class == 0][state.object == ObjectKind::scan];
}

// Writes rows and folds repetitions.
class RowWriter {
 public:
  explicit RowWriter(Bytes page_size) : row_bytes_(bytes_of(Pages{pages_per_row}, page_size)) {}

  void add(std::uint64_t row, const std::string& text, std::uint64_t count = 1) {
    if (!out_.empty() && text == last_) {
      repeated_ += count;
      return;
    }
    flush();
    const std::size_t last_shown = text.find_last_not_of(' ');
    const std::size_t length = last_shown == std::string::npos ? 0 : last_shown + 1;
    fmt::format_to(std::back_inserter(out_), "{:#014x}  {}\n", row * row_bytes_.raw(),
                   std::string_view(text).substr(0, length));
    last_ = text;
    repeated_ = count - 1;
  }
  void add_mark(std::size_t column) {
    flush();
    out_ += std::string(label_width + column, ' ') + "^\n";
    last_.clear();  // the row below the mark is shown even if it looks like the one above
  }
  [[nodiscard]] std::string finish() {
    flush();
    return std::move(out_);
  }

 private:
  static constexpr std::size_t label_width = 16;

  void flush() {
    if (repeated_ != 0) {
      fmt::format_to(std::back_inserter(out_), "{:>{}}({} more {} like this)\n", "", label_width,
                     repeated_, repeated_ == 1 ? "row" : "rows");
    }
    repeated_ = 0;
  }

  Bytes row_bytes_;
  std::string out_;
  std::string last_;
  std::uint64_t repeated_ = 0;
};

// Rows of a map from the top down. Pages count from address 0.
class RowReader {
 public:
  RowReader(const PageMap& map, std::uint64_t first_row) : map_(map), runs_(map.runs()) {
    const Address top{first_row * pages_per_row * map.page_size().raw()};
    const auto before = [&](const PageRun& run) {
      return run.start + bytes_of(run.length, map.page_size()) <= top;
    };
    runs_ = {std::ranges::partition_point(runs_, before), runs_.end()};
  }

  // The row's characters, and how many rows from this one on, at most `rows_max`, are the same
  // because one run or one gap fills them all.
  std::pair<std::string, std::uint64_t> take(std::uint64_t row, std::uint64_t rows_max) {
    const std::uint64_t top = row * pages_per_row;
    while (!runs_.empty() && end_of(runs_.front()) <= top) runs_ = runs_.subspan(1);
    if (const auto fill = rows_filled(top); fill.rows > 0) {
      return {std::string(pages_per_row, fill.glyph), std::min(fill.rows, rows_max)};
    }
    std::string text(pages_per_row, ' ');
    for (const PageRun& run : runs_) {
      if (start_of(run) >= top + pages_per_row) break;
      draw(run, top, text);
    }
    return {text, 1};
  }

 private:
  struct Fill {
    char glyph;
    std::uint64_t rows;
  };

  [[nodiscard]] std::uint64_t start_of(const PageRun& run) const {
    return run.start.raw() / map_.page_size().raw();
  }
  [[nodiscard]] std::uint64_t end_of(const PageRun& run) const {
    return start_of(run) + run.length.raw();
  }

  [[nodiscard]] Fill rows_filled(std::uint64_t top) const {
    if (runs_.empty()) return {' ', std::numeric_limits<std::uint64_t>::max()};
    const PageRun& run = runs_.front();
    if (start_of(run) > top) return {' ', (start_of(run) - top) / pages_per_row};
    const Glyph glyph = glyph_of(run.state);
    if (start_of(run) == top && glyph.head != glyph.body) return {' ', 0};
    return {glyph.body, (end_of(run) - top) / pages_per_row};
  }

  void draw(const PageRun& run, std::uint64_t top, std::string& text) const {
    const Glyph glyph = glyph_of(run.state);
    const std::uint64_t first = std::max(start_of(run), top);
    const std::uint64_t last = std::min(end_of(run), top + pages_per_row);
    for (std::uint64_t page = first; page < last; ++page) text[page - top] = glyph.body;
    if (start_of(run) >= top) text[start_of(run) - top] = glyph.head;
  }

  const PageMap& map_;
  std::span<const PageRun> runs_;
};

struct RowRange {
  std::uint64_t first;
  std::uint64_t last;
};

std::uint64_t row_of(Address page, Bytes page_size) {
  return page.raw() / page_size.raw() / pages_per_row;
}

RowRange rows_to_show(const PageMap& map, const PictureOptions& options) {
  const Bytes page_size = map.page_size();
  RowRange rows{std::numeric_limits<std::uint64_t>::max(), 0};
  if (!map.runs().empty()) {
    const PageRun& top = map.runs().front();
    const PageRun& bottom = map.runs().back();
    rows.first = row_of(top.start, page_size);
    rows.last = row_of(bottom.start + bytes_of(bottom.length - 1_pages, page_size), page_size);
  }
  if (!options.mark) return rows;
  const std::uint64_t marked = row_of(*options.mark, page_size);
  rows = {std::min(rows.first, marked), std::max(rows.last, marked)};
  if (options.context_rows == 0) return rows;
  const std::uint64_t above = std::min<std::uint64_t>(marked - rows.first, options.context_rows);
  const std::uint64_t below = std::min<std::uint64_t>(rows.last - marked, options.context_rows);
  return {marked - above, marked + below};
}

}  // namespace

std::string picture(const PageMap& map, const PictureOptions& options) {
  const RowRange rows = rows_to_show(map, options);
  RowWriter writer(map.page_size());
  RowReader reader(map, rows.first <= rows.last ? rows.first : 0);
  const std::uint64_t page = options.mark ? options.mark->raw() / map.page_size().raw() : 0;
  for (std::uint64_t row = rows.first; row <= rows.last;) {
    const bool marked = options.mark && row == page / pages_per_row;
    const bool mark_ahead = options.mark && row < page / pages_per_row;
    const std::uint64_t rows_max =
        marked ? 1 : (mark_ahead ? page / pages_per_row - row : rows.last - row + 1);
    const auto [text, count] = reader.take(row, rows_max);
    writer.add(row, text, count);
    if (marked) writer.add_mark(page % pages_per_row);
    row += count;
  }
  return writer.finish();
}

std::string_view picture_legend() {
  return "capitals begin a span: N noscan, S scan, L large noscan, P large scan, K stack, "
         "W work buffer, O other; free: _ backed, . scavenged, c and , the same in a page cache";
}

std::string picture_of_difference(const PageMap& expected, const PageMap& actual,
                                  std::string_view expected_name, std::string_view actual_name) {
  constexpr std::size_t context_rows = 3;
  const auto page = first_difference(expected, actual);
  if (!page) return "";
  const PictureOptions options{.mark = page, .context_rows = context_rows};
  const std::string expected_page = describe_page(expected, *page);
  const std::string actual_page = describe_page(actual, *page);
  return fmt::format("page {}: {} in {}, {} in {}\n{}:\n{}{}:\n{}{}\n", *page, expected_page,
                     expected_name, actual_page, actual_name, expected_name,
                     picture(expected, options), actual_name, picture(actual, options),
                     picture_legend());
}

}  // namespace heaplaw
