#include "cli/laws.h"

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "captured_terminal.h"
#include "oracle/laws/dump_laws.h"
#include "oracle/laws/heap_laws.h"
#include "oracle/laws/trace_laws.h"
#include "oracle/tables/table_laws.h"

namespace heaplaw::cli {
namespace {

TEST(Laws, EveryLawIsInTheBookInEveryForm) {
  CapturedTerminal text;
  CapturedTerminal json(true);
  CapturedTerminal page;
  print_laws({}, text.terminal);
  print_laws({}, json.terminal);
  print_laws({.markdown = true}, page.terminal);
  std::vector<std::string> ids;
  for (const auto& law : oracle::table_laws()) ids.emplace_back(law.text.id);
  for (const auto* law : oracle::heap_laws()) ids.emplace_back(law->text.id);
  for (const auto& law : oracle::trace_laws()) ids.emplace_back(law.text.id);
  for (const auto& chapter : oracle::dump_chapters()) {
    for (const auto* law : chapter.laws) ids.emplace_back(law->id);
  }
  EXPECT_EQ(nlohmann::json::parse(json.out.str()).size(), ids.size());
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size()) << "an id twice";
  for (const std::string& id : ids) {
    EXPECT_NE(text.out.str().find(id + "\n"), std::string::npos) << id;
    EXPECT_NE(page.out.str().find("| `" + id + "` |"), std::string::npos) << id;
  }
}

TEST(Laws, ThePageInTheDocumentationIsCurrent) {
  std::ifstream file(HEAPLAW_SOURCE "/docs/laws.md");
  std::stringstream page;
  page << file.rdbuf();
  CapturedTerminal captured;
  print_laws({.markdown = true}, captured.terminal);
  EXPECT_EQ(page.str(), captured.out.str())
      << "regenerate it: ./heaplaw laws --markdown > docs/laws.md";
}

}  // namespace
}  // namespace heaplaw::cli
