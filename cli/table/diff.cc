#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "cli/table/source.h"
#include "cli/table/table_commands.h"
#include "vocabulary/size_class_edition.h"

namespace heaplaw::cli {

namespace {

// A class as people compare it: classes move up when one is inserted, so sizes identify them.
struct ClassLine {
  std::size_t number;
  std::uint64_t npages;
};
using BySize = std::map<std::uint64_t, ClassLine>;

BySize by_size(const SizeClassTable& table) {
  BySize classes;
  for (std::size_t i = 1; i < std::min(table.sizes.size(), table.npages.size()); ++i) {
    classes[table.sizes[i]] = {i, table.npages[i]};
  }
  return classes;
}

struct Changes {
  std::vector<std::string> lines;
  nlohmann::ordered_json json = nlohmann::ordered_json::array();

  void add(const std::string& what, const nlohmann::ordered_json& from,
           const nlohmann::ordered_json& to) {
    const auto text = [](const nlohmann::ordered_json& value) {
      return value.is_null()     ? "nothing"
             : value.is_string() ? value.get<std::string>()
                                 : value.dump();
    };
    lines.push_back(fmt::format("{:<24} {} -> {}", what, text(from), text(to)));
    json.push_back({{"what", what}, {"from", from}, {"to", to}});
  }
};

void diff_constants(const SizeClassTable& from, const SizeClassTable& to, Changes& changes) {
  const auto value = [](const std::optional<std::uint64_t>& v) {
    return v ? nlohmann::ordered_json(*v) : nlohmann::ordered_json(nullptr);
  };
  for (std::size_t i = 0; i < table_constant_count; ++i) {
    if (from.constants[i] == to.constants[i]) continue;
    changes.add(std::string(exported_table_names.constants[i]), value(from.constants[i]),
                value(to.constants[i]));
  }
}

std::string pages_text(std::uint64_t pages) {
  return fmt::format("{} page{}", pages, pages == 1 ? "" : "s");
}

// With as many classes in both, a class is its number: 36 grew from 1664 to 1792 bytes.
void diff_by_number(const SizeClassTable& from, const SizeClassTable& to, Changes& changes) {
  const auto text = [](const SizeClassTable& table, std::size_t i) {
    return fmt::format("{} bytes, {}", table.sizes[i], pages_text(table.npages[i]));
  };
  for (std::size_t i = 0; i < from.sizes.size(); ++i) {
    const std::string before = text(from, i);
    const std::string after = text(to, i);
    if (before != after) changes.add(fmt::format("class {}", i), before, after);
  }
}

void diff_by_size(const SizeClassTable& from, const SizeClassTable& to, Changes& changes) {
  const BySize old_classes = by_size(from);
  const BySize new_classes = by_size(to);
  const auto text = [](const ClassLine& c) {
    return fmt::format("class {}, {}", c.number, pages_text(c.npages));
  };
  if (from.sizes.size() != to.sizes.size() && !from.at(TableConstant::num_size_classes)) {
    changes.add("classes", from.sizes.size(), to.sizes.size());
  }
  std::map<std::uint64_t, int> sizes;
  for (const auto& [size, line] : old_classes) sizes[size];
  for (const auto& [size, line] : new_classes) sizes[size];
  for (const auto& [size, unused] : sizes) {
    const auto o = old_classes.find(size);
    const auto n = new_classes.find(size);
    const std::string what = fmt::format("size {}", size);
    if (o == old_classes.end()) {
      changes.add(what, nullptr, text(n->second));
    } else if (n == new_classes.end()) {
      changes.add(what, text(o->second), nullptr);
    } else if (o->second.npages != n->second.npages) {
      changes.add(what, text(o->second), text(n->second));
    }
  }
}

// An inserted class moves all that follow; that is one change, not one a class.
void diff_numbers(const SizeClassTable& from, const SizeClassTable& to, Changes& changes) {
  const BySize new_classes = by_size(to);
  std::map<std::int64_t, std::pair<std::uint64_t, std::uint64_t>> sizes_moved;  // first and last
  for (const auto& [size, line] : by_size(from)) {
    const auto now = new_classes.find(size);
    if (now == new_classes.end() || now->second.number == line.number) continue;
    const auto by = static_cast<std::int64_t>(now->second.number - line.number);
    const auto [moved, first] = sizes_moved.try_emplace(by, size, size);
    if (!first) moved->second.second = size;
  }
  for (const auto& [by, sizes] : sizes_moved) {
    changes.add("numbers of classes", fmt::format("sizes {} to {}", sizes.first, sizes.second),
                fmt::format("{:+}", by));
  }
}

std::string magic_text(const SizeClassTable& table, std::uint64_t size) {
  const auto at = std::ranges::find(table.sizes, size) - table.sizes.begin();
  const auto i = static_cast<std::size_t>(at);
  if (const auto* m = std::get_if<std::vector<ShiftMagic>>(&table.magic); m && i < m->size()) {
    const ShiftMagic& magic = (*m)[i];
    return fmt::format("{{{}, {}, {}, {}}}", magic.shift, magic.shift2, magic.mul, magic.base_mask);
  }
  if (const auto* m = std::get_if<std::vector<ReciprocalMagic>>(&table.magic); m && i < m->size()) {
    return fmt::format("{}", (*m)[i]);
  }
  return "nothing";
}

void diff_magic(const SizeClassTable& from, const SizeClassTable& to, Changes& changes) {
  constexpr const char* forms[] = {"none", "shift and multiplier of 32 bits",
                                   "shift and multiplier of 16 bits",
                                   "shift and multiplier of 16 bits", "reciprocal of 32 bits"};
  if (from.magic.index() != to.magic.index()) {
    changes.add("divide magic", forms[static_cast<std::size_t>(from.magic_form)],
                forms[static_cast<std::size_t>(to.magic_form)]);
    return;
  }
  const BySize new_classes = by_size(to);
  for (const auto& [size, line] : by_size(from)) {
    if (!new_classes.contains(size)) continue;
    const std::string before = magic_text(from, size);
    const std::string after = magic_text(to, size);
    if (before != after) changes.add(fmt::format("magic of size {}", size), before, after);
  }
}

}  // namespace

Exit table_diff(const DiffOptions& options, const Terminal& terminal) {
  const NamedTable from = table_named(options.from);
  const NamedTable to = table_named(options.to);
  Changes changes;
  diff_constants(from.table, to.table, changes);
  const auto whole = [](const SizeClassTable& t) { return t.sizes.size() == t.npages.size(); };
  if (from.table.sizes.size() == to.table.sizes.size() && whole(from.table) && whole(to.table)) {
    diff_by_number(from.table, to.table, changes);
  } else {
    diff_by_size(from.table, to.table, changes);
    diff_numbers(from.table, to.table, changes);
  }
  diff_magic(from.table, to.table, changes);

  if (terminal.json) {
    const nlohmann::ordered_json json = {
        {"from", from.name}, {"to", to.name}, {"changes", changes.json}};
    terminal.print("{}\n", json.dump(2));
    return Exit::holds;
  }
  terminal.print(
      "{} -> {}: {}\n", from.name, to.name,
      changes.lines.empty() ? "the same table" : fmt::format("{} changes", changes.lines.size()));
  for (const std::string& line : changes.lines) terminal.print("  {}\n", line);
  return Exit::holds;
}

}  // namespace heaplaw::cli
