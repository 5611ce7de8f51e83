#include "cli/top/top.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "captured_terminal.h"
#include "expect_input_error.h"
#include "scratch_folder.h"

namespace heaplaw::cli {
namespace {

using testing::HasSubstr;

const std::string profile = HEAPLAW_CORPUS "/dumps/go1.19.8/27-heap-rate64k.txt";

nlohmann::json json_of(TopOptions options) {
  options.file = profile;
  CapturedTerminal captured(true);
  EXPECT_EQ(top(options, captured.terminal), Exit::holds);
  return nlohmann::json::parse(captured.out.str());
}

TEST(Top, ListsWhatFunctionsHold) {
  CapturedTerminal captured;
  EXPECT_EQ(top({.file = profile, .count = "1"}, captured.terminal), Exit::holds);
  EXPECT_THAT(captured.out.str(), HasSubstr("inuse_space: "));
  EXPECT_THAT(captured.out.str(), HasSubstr("1 of "));
  EXPECT_THAT(captured.out.str(), HasSubstr("  main."));
}

TEST(Top, CountsWhatIsAskedFor) {
  const auto inuse = json_of({});
  const auto all = json_of({.alloc_space = true});
  EXPECT_EQ(inuse["measure"], "inuse_space");
  EXPECT_EQ(all["measure"], "alloc_space");
  EXPECT_EQ(json_of({.inuse_objects = true})["unit"], "objects");
  EXPECT_EQ(json_of({.alloc_objects = true})["measure"], "alloc_objects");
  EXPECT_GT(all["total"], inuse["total"]);
}

TEST(Top, SortsByFlatOrByCum) {
  for (const bool cum : {false, true}) {
    const auto json = json_of({.cum = cum});
    const char* const key = cum ? "cum" : "flat";
    ASSERT_GT(json["functions"].size(), 1);
    for (std::size_t i = 1; i < json["functions"].size(); ++i) {
      EXPECT_GE(json["functions"][i - 1][key], json["functions"][i][key]);
    }
  }
}

TEST(Top, OtherFilesAreRefused) {
  const ScratchFolder folder;
  const auto refusal = [&](std::string_view text) {
    CapturedTerminal captured;
    return input_error_of(
        [&] { (void)top({.file = folder.put("file", text)}, captured.terminal); });
  };
  EXPECT_THAT(refusal("\x1f\x8b\x08"), HasSubstr("found a gzipped profile"));
  EXPECT_THAT(refusal("hello\n"), HasSubstr("file:1:1: "));
  EXPECT_THAT(refusal(""), HasSubstr("expected a heap profile"));
  EXPECT_THAT(refusal("heap profile: 1: 2 [1: 2] @ heap/1048576\n1: 2 [1: 2] @ 0x1\n#"),
              HasSubstr("expected a line end"));
}

}  // namespace
}  // namespace heaplaw::cli
