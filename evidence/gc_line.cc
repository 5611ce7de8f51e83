// Go's own form, 1.5 on. Of a gigabyte of these lines nearly all the time is spent here.
#include "evidence/gc_trace.h"
#include "evidence/line_form.h"
#include "evidence/quick_scanner.h"

namespace heaplaw::evidence {

namespace {

using L = GcLine;
using Part = FormPart<L>;
using enum Figure;

template <auto member>
constexpr auto in = [](L& line) -> std::uint64_t& { return line.*member; };

constexpr Part head[] = {{"", decimal, in<&L::number>},
                         {" @", thousandths, in<&L::at_ms>},
                         {"s ", integer, nullptr, &L::percent},
                         {"%"}};
constexpr Part five_phases[] = {
    {"", go_millis, in<&L::clock_sweep_term>}, {"+", go_millis, in<&L::clock_scan>},
    {"+", go_millis, in<&L::clock_install>},   {"+", go_millis, in<&L::clock_mark>},
    {"+", go_millis, in<&L::clock_mark_term>}, {" ms clock, ", go_millis, in<&L::cpu_sweep_term>},
    {"+", go_millis, in<&L::cpu_scan>},        {"+", go_millis, in<&L::cpu_install>},
    {"+", go_millis, in<&L::cpu_assist>},      {"/", go_millis, in<&L::cpu_background>},
    {"/", go_millis, in<&L::cpu_idle>},        {"+", go_millis, in<&L::cpu_mark_term>}};
constexpr Part three_phases[] = {
    {"", go_millis, in<&L::clock_sweep_term>}, {"+", go_millis, in<&L::clock_mark>},
    {"+", go_millis, in<&L::clock_mark_term>}, {" ms clock, ", go_millis, in<&L::cpu_sweep_term>},
    {"+", go_millis, in<&L::cpu_assist>},      {"/", go_millis, in<&L::cpu_background>},
    {"/", go_millis, in<&L::cpu_idle>},        {"+", go_millis, in<&L::cpu_mark_term>}};
constexpr Part heap[] = {{" ms cpu, ", decimal, in<&L::heap_start>},
                         {"->", decimal, in<&L::heap_end>},
                         {"->", decimal, in<&L::heap_marked>},
                         {" MB, ", decimal, in<&L::goal>},
                         {" MB goal, "}};
constexpr Part roots[] = {
    {"", decimal, in<&L::stacks>}, {" MB stacks, ", decimal, in<&L::globals>}, {" MB globals, "}};
constexpr Part tail[] = {{"", decimal, in<&L::procs>}, {" P"}};
constexpr std::string_view forced_mark = " (forced)";
constexpr std::string_view leak_mark = " (checking for goroutine leaks)";

// The third clock time is followed by a fourth in Go 1.5.
bool has_five_phases(std::string_view rest) {
  const std::size_t word = rest.find(' ');
  if (word == rest.npos) return false;
  std::size_t plus = 0;
  for (const char c : rest.substr(0, word)) plus += c == '+';
  return plus == 4;
}

bool scan_old_phases(LineScanner& s, L& line) {
  return scan_form<five_phases>(s, line) && scan_form<heap>(s, line) && scan_form<tail>(s, line);
}

// Up to 1.17 the number of Ps stands where later the stacks do.
bool scan_new_phases(LineScanner& s, L& line) {
  if (!scan_form<three_phases>(s, line) || !scan_form<heap>(s, line)) return false;
  if (LineScanner ahead = s; line.form == L::Form::three_phases && scan_form<tail>(ahead, line)) {
    s = ahead;
    return true;
  }
  if (line.form == L::Form::three_phases) line.form = L::Form::with_roots;
  line.procs = 0;
  return scan_form<roots>(s, line) && scan_form<tail>(s, line);
}

struct FormName {
  L::Form form;
  ReleaseSpan releases;
};
constexpr FormName forms[] = {{L::Form::hash, {5, 5}},
                              {L::Form::five_phases, {5, 5}},
                              {L::Form::three_phases, {6, 17}},
                              {L::Form::with_roots, ReleaseSpan::since(18)},
                              {L::Form::leak_check, ReleaseSpan::since(26)}};

}  // namespace

// The form of nearly all lines: releases from 1.18 on, no leak check.
bool match_quickly(std::string_view text, GcLine& line) {
  QuickScanner s(text);
  if (!s.literal<3>("gc ") || !scan_form<head>(s, line) || !s.literal<2>(": ") ||
      !scan_form<three_phases>(s, line) || !scan_form<heap>(s, line)) {
    return false;
  }
  line.form = L::Form::three_phases;
  line.clock_scan = line.clock_install = line.cpu_scan = line.cpu_install = 0;
  line.stacks = line.globals = 0;
  QuickScanner ahead = s;
  if (!scan_form<tail>(ahead, line)) {
    line.form = L::Form::with_roots;
    if (!scan_form<roots>(s, line) || !scan_form<tail>(s, line)) return false;
    ahead = s;
  }
  line.forced = ahead.left() > 0;
  return !line.forced || ahead.rest() == forced_mark;
}

bool match(LineScanner& s, GcLine& line) {
  if (!s.literal("gc ")) return false;
  const bool hash = s.skip("#");
  if (!scan_form<head>(s, line)) return false;
  const bool leaks = s.skip(leak_mark);
  if ((hash && leaks) || !s.literal(": ")) return s.expect("': '");
  if (hash || (!leaks && has_five_phases(s.rest()))) {
    line.form = hash ? L::Form::hash : L::Form::five_phases;
    if (!scan_old_phases(s, line)) return false;
  } else {
    line.form = leaks ? L::Form::leak_check : L::Form::three_phases;
    if (!scan_new_phases(s, line)) return false;
  }
  line.forced = s.skip(forced_mark);
  return s.end();
}

std::string print(const GcLine& line) {
  std::string out = line.form == L::Form::hash ? "gc #" : "gc ";
  append_form(out, head, line);
  if (line.form == L::Form::leak_check) out += leak_mark;
  out += ": ";
  if (line.form <= L::Form::five_phases) {
    append_form(out, five_phases, line);
  } else {
    append_form(out, three_phases, line);
  }
  append_form(out, heap, line);
  if (line.form >= L::Form::with_roots) append_form(out, roots, line);
  append_form(out, tail, line);
  if (line.forced) out += forced_mark;
  return out;
}

ReleaseSpan releases_of(const GcLine& line) {
  return forms[static_cast<std::size_t>(line.form)].releases;
}

}  // namespace heaplaw::evidence
