// The C runtime's form, Go 1.0 to 1.4.
#include "evidence/gc_trace.h"
#include "evidence/line_form.h"

namespace heaplaw::evidence {

namespace {

using L = OldGcLine;
using Part = FormPart<L>;
using enum Figure;

template <auto member>
constexpr auto in = [](L& line) -> std::uint64_t& { return line.*member; };
template <auto member, std::size_t i>
constexpr auto at = [](L& line) -> std::uint64_t& { return (line.*member)[i]; };

constexpr Part head[] = {{"gc", decimal, in<&L::number>},
                         {"(", decimal, in<&L::procs>},
                         {"): ", decimal, at<&L::times, 0>},
                         {"+", decimal, at<&L::times, 1>},
                         {"+", decimal, at<&L::times, 2>}};
constexpr Part of_1_0[] = {
    {" ms ", decimal, in<&L::heap_before>},    {" -> ", decimal, in<&L::heap_after>},
    {" MB ", decimal, in<&L::objects_before>}, {" -> ", decimal, in<&L::objects>},
    {" (", decimal, in<&L::mallocs>},          {"-", decimal, in<&L::frees>},
    {") objects ", decimal, in<&L::handoff>},  {" handoff"}};
constexpr Part of_1_1[] = {{" ms, ", decimal, in<&L::heap_before>},
                           {" -> ", decimal, in<&L::heap_after>},
                           {" MB ", decimal, in<&L::objects_before>},
                           {" -> ", decimal, in<&L::objects>},
                           {" (", decimal, in<&L::mallocs>},
                           {"-", decimal, in<&L::frees>},
                           {") objects, "}};
constexpr Part of_1_3[] = {{"+", decimal, at<&L::times, 3>},
                           {" us, ", decimal, in<&L::heap_before>},
                           {" -> ", decimal, in<&L::heap_after>},
                           {" MB, ", decimal, in<&L::objects>},
                           {" (", decimal, in<&L::mallocs>},
                           {"-", decimal, in<&L::frees>},
                           {") objects, "}};
constexpr Part sweeps[] = {{"", decimal, at<&L::sweeps, 0>},
                           {"/", decimal, at<&L::sweeps, 1>},
                           {"/", decimal, at<&L::sweeps, 2>},
                           {" sweeps, "}};
constexpr Part goroutines[] = {{"", decimal, in<&L::goroutines>}, {" goroutines, "}};
constexpr Part workers[] = {{"", decimal, in<&L::handoff>},
                            {"(", decimal, in<&L::handoff_count>},
                            {") handoff, ", decimal, in<&L::steal>},
                            {"(", decimal, in<&L::steal_count>},
                            {") steal, ", decimal, at<&L::yields, 0>},
                            {"/", decimal, at<&L::yields, 1>},
                            {"/", decimal, at<&L::yields, 2>},
                            {" yields"}};

bool scan_from_1_3(LineScanner& s, L& line) {
  line.form = L::Form::go1_3;
  if (!scan_form<of_1_3>(s, line)) return false;
  if (LineScanner ahead = s; scan_form<goroutines>(ahead, line)) {
    line.form = L::Form::go1_4;
    s = ahead;
  } else {
    line.goroutines = 0;
  }
  return scan_form<sweeps>(s, line) && scan_form<workers>(s, line);
}

constexpr ReleaseSpan releases[] = {{0, 0}, {1, 2}, {3, 3}, {4, 4}};

}  // namespace

bool match(LineScanner& s, OldGcLine& line) {
  if (!scan_form<head>(s, line)) return false;
  if (s.rest().starts_with("+")) return scan_from_1_3(s, line) && s.end();
  if (s.rest().starts_with(" ms, ")) {
    line.form = L::Form::go1_1;
    return scan_form<of_1_1>(s, line) && scan_form<workers>(s, line) && s.end();
  }
  line.form = L::Form::go1_0;
  return scan_form<of_1_0>(s, line) && s.end();
}

std::string print(const OldGcLine& line) {
  std::string out;
  append_form(out, head, line);
  switch (line.form) {
    case L::Form::go1_0:
      append_form(out, of_1_0, line);
      return out;
    case L::Form::go1_1:
      append_form(out, of_1_1, line);
      break;
    case L::Form::go1_3:
    case L::Form::go1_4:
      append_form(out, of_1_3, line);
      if (line.form == L::Form::go1_4) append_form(out, goroutines, line);
      append_form(out, sweeps, line);
      break;
  }
  append_form(out, workers, line);
  return out;
}

ReleaseSpan releases_of(const OldGcLine& line) {
  return releases[static_cast<std::size_t>(line.form)];
}

}  // namespace heaplaw::evidence
