// What the scavengers print: scvg up to Go 1.13, scav from 1.14 on.
#include "evidence/gc_trace.h"
#include "evidence/line_form.h"

namespace heaplaw::evidence {

namespace {

using Scvg = ScvgLine;
using Scav = ScavLine;
using enum Figure;

template <auto member>
constexpr auto of_scvg = [](Scvg& line) -> std::uint64_t& { return line.*member; };
template <auto member>
constexpr auto of_scav = [](Scav& line) -> std::uint64_t& { return line.*member; };

constexpr FormPart<Scvg> number[] = {{"scvg", integer, nullptr, &Scvg::number}, {": "}};
constexpr FormPart<Scvg> gc_forced[] = {{"GC forced"}};
constexpr FormPart<Scvg> released_hex[] = {{"0x", hex, of_scvg<&Scvg::released_now>},
                                           {" MB released"}};
constexpr FormPart<Scvg> released[] = {{"", decimal, of_scvg<&Scvg::released_now>},
                                       {" MB released"}};
constexpr FormPart<Scvg> heap[] = {{"inuse: ", decimal, of_scvg<&Scvg::inuse>},
                                   {", idle: ", decimal, of_scvg<&Scvg::idle>},
                                   {", sys: ", decimal, of_scvg<&Scvg::sys>},
                                   {", released: ", decimal, of_scvg<&Scvg::released>},
                                   {", consumed: ", decimal, of_scvg<&Scvg::consumed>},
                                   {" (MB)"}};

constexpr FormPart<Scav> generation[] = {{"", decimal, of_scav<&Scav::generation>}, {" "}};
constexpr FormPart<Scav> work[] = {{"", decimal, of_scav<&Scav::work>}, {" KiB work"}};
constexpr FormPart<Scav> total[] = {{", ", decimal, of_scav<&Scav::released>},
                                    {" KiB total, ", decimal, of_scav<&Scav::utilization>},
                                    {"% util"}};
constexpr FormPart<Scav> eager[] = {{" (bg), ", decimal, of_scav<&Scav::eager>},
                                    {" KiB work (eager), ", decimal, of_scav<&Scav::released>},
                                    {" KiB now, ", decimal, of_scav<&Scav::utilization>},
                                    {"% util"}};
constexpr std::string_view marks[] = {"", " (forced)", " [controller reset]"};

bool scan_source(LineScanner& s, Scvg& line) {
  if (s.skip("forced scvg: ")) {
    line.source = Scvg::Source::forced;
  } else if (s.skip("scvg: ")) {
    line.source = Scvg::Source::background;
  } else {
    line.source = Scvg::Source::numbered;
    return scan_form<number>(s, line);
  }
  return true;
}

bool scan_what(LineScanner& s, Scvg& line) {
  const bool numbered = line.source == Scvg::Source::numbered;
  if (s.at_digit()) {
    const bool pointer = numbered && s.rest().starts_with("0x");
    line.what = pointer ? Scvg::What::released_hex : Scvg::What::released;
    return pointer ? scan_form<released_hex>(s, line) : scan_form<released>(s, line);
  }
  line.what = Scvg::What::heap;
  if (numbered && scan_form<gc_forced>(s, line)) {
    line.what = Scvg::What::gc_forced;
    return true;
  }
  return scan_form<heap>(s, line);
}

// A generation and then the work, or the work alone.
bool scan_work(LineScanner& s, Scav& line) {
  if (LineScanner ahead = s; scan_form<generation>(ahead, line) && ahead.at_digit()) {
    line.form = Scav::Form::generation;
    s = ahead;
  } else {
    line.form = Scav::Form::total;
    line.generation = 0;
  }
  return scan_form<work>(s, line);
}

// [controller reset] came with 1.18, so that the forms with and without a generation have it.
struct ScavReleases {
  ReleaseSpan plain;
  ReleaseSpan reset;
};
constexpr ScavReleases scav_releases[] = {
    {{14, 20}, {19, 20}}, {{15, 18}, {18, 18}}, {ReleaseSpan::since(21), ReleaseSpan::since(21)}};
constexpr ReleaseSpan numbered_releases[] = {{0, 3}, {0, 1}, {2, 12}, {0, 12}};

}  // namespace

bool match(LineScanner& s, ScvgLine& line) {
  if (!scan_source(s, line) || !scan_what(s, line) || !s.end()) return false;
  const bool known = line.number >= -1 && !releases_of(line).empty();
  return known || s.expect("a line of one release");
}

bool match(LineScanner& s, ScavLine& line) {
  if (!s.literal("scav ") || !scan_work(s, line)) return false;
  if (line.form == Scav::Form::total && s.rest().starts_with(" (bg)")) {
    line.form = Scav::Form::eager;
    if (!scan_form<eager>(s, line)) return false;
  } else if (!scan_form<total>(s, line)) {
    return false;
  }
  line.mark = Scav::Mark::none;
  if (s.skip(marks[1])) line.mark = Scav::Mark::forced;
  if (line.mark == Scav::Mark::none && s.skip(marks[2])) line.mark = Scav::Mark::controller_reset;
  return s.end();
}

std::string print(const ScvgLine& line) {
  std::string out;
  if (line.source == Scvg::Source::numbered) append_form(out, number, line);
  if (line.source == Scvg::Source::background) out += "scvg: ";
  if (line.source == Scvg::Source::forced) out += "forced scvg: ";
  switch (line.what) {
    case Scvg::What::gc_forced:
      append_form(out, gc_forced, line);
      break;
    case Scvg::What::released_hex:
      append_form(out, released_hex, line);
      break;
    case Scvg::What::released:
      append_form(out, released, line);
      break;
    case Scvg::What::heap:
      append_form(out, heap, line);
      break;
  }
  return out;
}

std::string print(const ScavLine& line) {
  std::string out = "scav ";
  if (line.form == Scav::Form::generation) append_form(out, generation, line);
  append_form(out, work, line);
  if (line.form == Scav::Form::eager) {
    append_form(out, eager, line);
  } else {
    append_form(out, total, line);
  }
  out += marks[static_cast<std::size_t>(line.mark)];
  return out;
}

ReleaseSpan releases_of(const ScvgLine& line) {
  if (line.source != Scvg::Source::numbered) return {13, 13};
  const ReleaseSpan span = numbered_releases[static_cast<std::size_t>(line.what)];
  return line.number < 0 ? span.intersected({2, 12}) : span;
}

ReleaseSpan releases_of(const ScavLine& line) {
  const ScavReleases& known = scav_releases[static_cast<std::size_t>(line.form)];
  return line.mark == Scav::Mark::controller_reset ? known.reset : known.plain;
}

}  // namespace heaplaw::evidence
