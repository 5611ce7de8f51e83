#include "cli/explain/ledger_picture.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include <fmt/format.h>

#include "cli/explain/explain_report.h"
#include "cli/markup.h"

namespace heaplaw::cli {

namespace {

using evidence::Bounds;
using evidence::Ledger;
using evidence::LedgerLine;
using evidence::Part;

constexpr double width = 1000;
constexpr double margin = 20;
constexpr double row_height = 44;
constexpr double row_gap = 6;
constexpr double title_height = 46;
constexpr double character = 6.6;  // of a label, at 12 px

// What holds live objects is green, what a collection or the scavenger takes away warm, what stays
// grey, what is not Go's violet.
std::string_view color_of(Part part) {
  switch (part) {
    case Part::live:
      return "#5aa469";
    case Part::objects:
    case Part::inuse:
      return "#8cc49a";
    case Part::garbage:
      return "#e8a04c";
    case Part::unused:
    case Part::free_slots:
      return "#f2cf7e";
    case Part::tails:
      return "#c99a3b";
    case Part::idle:
      return "#d9705f";
    case Part::returned:
      return "#e9eef2";
    case Part::stacks:
    case Part::os_stacks:
      return "#6c9bd2";
    case Part::outside:
      return "#a98bc9";
    case Part::sys:
    case Part::held:
    case Part::rss:
    case Part::resident:
      return "#b9cbd8";
    default:
      return "#aeb4ba";
  }
}

struct Box {
  double x, w;
  std::string_view color;
  std::string label, hint;
  std::string_view stripes;  // where it may be this as well
};

// Rows from the top; a row's parts stand under what they make up, what is held before what was
// returned, so that RSS above compares with it.
constexpr std::array<Part, 1> rss_row = {Part::rss};
constexpr std::array<Part, 1> sys_row = {Part::sys};
constexpr std::array<Part, 2> sys_parts = {Part::held, Part::returned};
constexpr std::array<Part, 9> held_parts = {
    Part::inuse,         Part::idle,        Part::stacks,  Part::os_stacks, Part::span_records,
    Part::cache_records, Part::gc_metadata, Part::buckets, Part::other};
constexpr std::array<Part, 2> inuse_parts = {Part::objects, Part::unused};
constexpr std::array<Part, 2> object_parts = {Part::live, Part::garbage};
constexpr std::array<Part, 2> unused_parts = {Part::tails, Part::free_slots};

class Picture {
 public:
  explicit Picture(const Explained& e) : ledger_(e.ledger) {
    std::uint64_t all = e.observation.rss.value_or(0);
    if (const LedgerLine* sys = ledger_.find(Part::sys)) all = std::max(all, sys->bytes.lower);
    scale_ = all == 0 ? 0 : width / static_cast<double>(all);
    draw_title(e);
    if (e.observation.rss) {
      draw(rss_row, 0);
      next_row();
      draw_rss_parts();
      next_row();
    }
    draw(sys_row, 0);
    next_row();
    draw(sys_parts, 0);
    next_row();
    draw(held_parts, 0);
    next_row();
    draw(inuse_parts, 0);
    next_row();
    draw(object_parts, 0);
    draw(unused_parts, start_of(Part::objects));
    next_row();
    draw_legend();
  }

  [[nodiscard]] std::string svg() const {
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
        "viewBox=\"0 0 {0} {1}\" font-family=\"sans-serif\" font-size=\"12\">\n"
        "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{2}</svg>\n",
        width + 2 * margin, y_ + margin, out_);
  }

 private:
  void next_row() { y_ += row_height + row_gap; }
  [[nodiscard]] double wide(std::uint64_t bytes) const {
    return static_cast<double>(bytes) * scale_;
  }
  // Where what follows a part begins.
  [[nodiscard]] double start_of(Part part) const {
    const LedgerLine* line = ledger_.find(part);
    return line ? wide(line->bytes.lower) : 0;
  }

  void draw_title(const Explained& e) {
    add_text(margin, 22, 15,
             fmt::format("{}: {}, Go {}", e.file, e.moment.form,
                         to_string(e.observation.figures.releases)));
    add_text(margin, 38, 11,
             "Rows below a box show what it is made of; striped: one or the other.");
  }

  void draw(std::span<const Part> parts, double x) {
    std::vector<const LedgerLine*> lines;
    for (const Part part : parts) {
      if (const LedgerLine* line = ledger_.find(part)) lines.push_back(line);
    }
    const bool split = lines.size() == 2 && !lines[0]->bytes.exact();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const LedgerLine& line = *lines[i];
      const double w = wide(line.bytes.lower);
      draw({.x = x,
            .w = w,
            .color = color_of(line.part),
            .label = std::string(line.text().title),
            .hint = human(line.bytes)});
      x += w;
      if (!split || i > 0) continue;
      const double either = wide(line.bytes.upper - line.bytes.lower);
      draw({.x = x,
            .w = either,
            .color = color_of(lines[1]->part),
            .label = fmt::format("{}, or {}", line.text().title, lines[1]->text().title),
            .hint = human_upto(line.bytes),
            .stripes = color_of(line.part)});
      x += either;
    }
  }
  // What is Go's of it has no least; the most is what compares with Go's own figures.
  void draw_rss_parts() {
    const LedgerLine& go = *ledger_.find(Part::resident);
    const LedgerLine& outside = *ledger_.find(Part::outside);
    const double w = wide(go.bytes.upper);
    draw({.x = 0,
          .w = w,
          .color = color_of(go.part),
          .label = "at most this is Go's",
          .hint = evidence::human_bytes(go.bytes.upper)});
    draw({.x = w,
          .w = wide(outside.bytes.lower),
          .color = color_of(outside.part),
          .label = "at least this is not Go's",
          .hint = evidence::human_bytes(outside.bytes.lower)});
  }

  static std::string human_upto(const Bounds& bounds) {
    return evidence::human_bytes(bounds.upper - bounds.lower);
  }

  void draw(const Box& box) {
    if (box.w <= 0) return;
    fmt::format_to(std::back_inserter(out_),
                   "<g><title>{}: {}</title><rect x=\"{:.2f}\" y=\"{:.1f}\" width=\"{:.2f}\" "
                   "height=\"{}\" fill=\"{}\" stroke=\"#ffffff\"/>\n",
                   escaped(box.label), escaped(box.hint), margin + box.x, y_, std::max(box.w, 0.5),
                   row_height, box.color);
    if (!box.stripes.empty()) draw_stripes(box);
    const auto fits = static_cast<std::size_t>(std::max(0.0, (box.w - 8) / character));
    if (fits >= 8) {
      add_text(margin + box.x + 5, y_ + 18, 12, shortened(box.label, fits));
      add_text(margin + box.x + 5, y_ + 34, 12, shortened(box.hint, fits));
    }
    out_ += "</g>\n";
  }

  void draw_stripes(const Box& box) {
    for (double x = box.x; x < box.x + box.w; x += 12) {
      fmt::format_to(std::back_inserter(out_),
                     "<rect x=\"{:.2f}\" y=\"{:.1f}\" width=\"{:.2f}\" height=\"{}\" "
                     "fill=\"{}\" opacity=\"0.6\"/>\n",
                     margin + x, y_, std::min(6.0, box.x + box.w - x), row_height, box.stripes);
    }
  }

  static std::string shortened(const std::string& text, std::size_t fits) {
    return text.size() <= fits ? text : text.substr(0, fits - 2) + "..";
  }

  void draw_legend() {
    y_ += 10;
    for (const LedgerLine& line : ledger_.lines) {
      const double x = margin + 18.0 * line.text().depth;
      fmt::format_to(std::back_inserter(out_),
                     "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"11\" height=\"11\" fill=\"{}\"/>\n",
                     x, y_, color_of(line.part));
      add_text(x + 17, y_ + 10, 12, std::string(line.text().title));
      add_text(margin + 420, y_ + 10, 12, human(line.bytes));
      y_ += 18;
    }
  }

  void add_text(double x, double y, int size, const std::string& text) {
    fmt::format_to(std::back_inserter(out_),
                   "<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{}\" fill=\"#22272b\">{}</text>\n",
                   x, y, size, escaped(text));
  }

  const Ledger& ledger_;
  double scale_ = 0;
  double y_ = title_height;
  std::string out_;
};

void append_table(std::string& out, const Ledger& ledger) {
  out += "<table>\n<tr><th>part</th><th>size</th><th>rule</th><th>goes away by</th></tr>\n";
  for (const LedgerLine& line : ledger.lines) {
    const evidence::PartText& text = line.text();
    std::string remedies;
    for (const evidence::Remedy remedy : text.remedies) {
      remedies += (remedies.empty() ? "" : ", or ") + std::string(name_of(remedy));
    }
    fmt::format_to(std::back_inserter(out),
                   "<tr><td style=\"padding-left:{}em\">{}</td><td class=\"n\">{}</td>"
                   "<td>{} [{}]{}{}</td><td>{}</td></tr>\n",
                   0.4 + 1.2 * text.depth, escaped(text.title), escaped(human(line.bytes)),
                   escaped(text.rule), escaped(text.source), line.note.empty() ? "" : "; ",
                   escaped(line.note), escaped(remedies));
  }
  out += "</table>\n";
}

}  // namespace

std::string svg_of(const Explained& explained) { return Picture(explained).svg(); }

std::string html_of(const Explained& e) {
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<title>{0}</title>\n<style>body{{font:14px sans-serif;margin:2em;max-width:1080px}}"
      "svg{{max-width:100%;height:auto}}table{{border-collapse:collapse}}"
      "td,th{{border-bottom:1px solid #dde;padding:.25em .6em;text-align:left;vertical-align:top}}"
      ".n{{white-space:nowrap;text-align:right}}</style></head>\n<body>\n<h1>{0}</h1>\n",
      escaped(fmt::format("{}:{}: {}, Go {}", e.file, e.moment.line, e.moment.form,
                          to_string(e.observation.figures.releases))));
  out += svg_of(e);
  if (!e.findings.empty()) out += "<h2>Findings</h2>\n<dl>\n";
  for (const evidence::Finding& finding : e.findings) {
    fmt::format_to(std::back_inserter(out),
                   "<dt><b>{}</b></dt><dd>{}.<br>Refuted by: {}.<br>Remedy: {}. [{}]</dd>\n",
                   escaped(finding.rule->title), escaped(finding.evidence),
                   escaped(finding.rule->refuted_by), escaped(finding.rule->remedy),
                   escaped(finding.rule->source));
  }
  if (!e.findings.empty()) out += "</dl>\n";
  out += "<h2>Ledger</h2>\n";
  append_table(out, e.ledger);
  return out + "</body></html>\n";
}

}  // namespace heaplaw::cli
