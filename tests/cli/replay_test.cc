#include "cli/history/replay.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "captured_terminal.h"
#include "cli/history/history_input.h"
#include "expect_input_error.h"
#include "faulty_lineup.h"
#include "scratch_folder.h"
#include "vocabulary/recording.h"
#include "vocabulary/trace_bytes.h"

namespace heaplaw::cli {
namespace {

constexpr const char* recording = HEAPLAW_CORPUS "/recordings/go1.19.8/tiny-1.rec";

struct Replayed {
  Exit exit;
  std::string out, err;
};
Replayed replayed(const ReplayOptions& options, bool json = false,
                  const Lineup& lineup = model_and_oracle) {
  CapturedTerminal captured(json);
  const Exit exit = replay(options, captured.terminal, lineup);
  return {exit, captured.out.str(), captured.err.str()};
}

class Replay : public testing::Test {
 protected:
  std::string trace(std::string_view operations, std::string_view release = "go1.19.8") const {
    return folder_.put("trace",
                       fmt::format("heaplaw-trace 1\nrelease {}\n{}", release, operations));
  }
  const ScratchFolder folder_;
};

TEST_F(Replay, ATraceThatHoldsIsCounted) {
  const auto [exit, out, err] = replayed({.file = trace("alloc 1 100 noscan\ngc\n")});
  EXPECT_EQ(exit, Exit::holds);
  EXPECT_NE(out.find("trace of go1.19.8, 1 P\n"), std::string::npos) << out;
  EXPECT_NE(out.find("model against oracle: no divergence  2 operations, 1 addresses"),
            std::string::npos)
      << out;
}

TEST_F(Replay, SizesAtTheEdgesAnswerAsGoDoes) {
  const auto [exit, out, err] = replayed({.file = trace("alloc 1 0 noscan\n"
                                                        "alloc 2 9223372036854775808 noscan\n"
                                                        "alloc 3 18446744073709551615 scan\n"
                                                        "alloc 18446744073709551615 8 scan\n"),
                                          .step = true});
  EXPECT_EQ(exit, Exit::holds);
  EXPECT_NE(out.find("alloc 1 0 noscan -> 0x0\n"), std::string::npos) << out;
  EXPECT_NE(out.find("alloc 2 9223372036854775808 noscan -> out of memory\n"), std::string::npos);
  EXPECT_NE(out.find("alloc 3 18446744073709551615 scan -> out of memory\n"), std::string::npos);
  EXPECT_NE(out.find("alloc 18446744073709551615 8 scan -> 0xc000000000\n"), std::string::npos);
}

TEST_F(Replay, ADivergenceIsReportedWithItsPlace) {
  const auto [exit, out, err] =
      replayed({.file = trace("gc\nalloc 1 48 noscan\nalloc 2 48 noscan\n")}, false,
               lineup_with([] { return wrong_address_after_gc(48); }));
  EXPECT_EQ(exit, Exit::violated);
  EXPECT_NE(out.find("operation 1 (alloc 1 48 noscan): address is 0xc000000010 in model, expected "
                     "0xc000000000 in naive"),
            std::string::npos)
      << out;
}

TEST_F(Replay, JsonIsOneDocumentWithStepsOrWithout) {
  for (const bool step : {false, true}) {
    const auto [exit, out, err] =
        replayed({.file = trace("gc\nalloc 1 48 noscan\n"), .step = step}, true);
    const auto json = nlohmann::json::parse(out);
    EXPECT_TRUE(json["holds"].get<bool>());
    EXPECT_EQ(json["kind"], "trace");
    EXPECT_EQ(json["lockstep"]["counts"]["operations"], 2);
    EXPECT_EQ(json.contains("steps"), step);
    EXPECT_EQ(step ? json["steps"].size() : 2u, 2u);
  }
}

TEST_F(Replay, BytesOfAFuzzerAreAHistoryLikeAnyOther) {
  const auto bytes = encode_trace(
      {.release = Release{19, 8}, .operations = {Operation::alloc(1, 5_B, ObjectKind::noscan)}});
  const std::string file =
      folder_.put("crash", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const auto [exit, out, err] = replayed({.file = file});
  EXPECT_EQ(exit, Exit::holds);
  EXPECT_NE(out.find("bytes of go1.19.8"), std::string::npos) << out;
}

TEST_F(Replay, ARecordingIsHeldAgainstTheProcess) {
  const auto [exit, out, err] = replayed({.file = recording});
  EXPECT_EQ(exit, Exit::holds);
  for (const std::string_view who : {"naive", "model"}) {
    EXPECT_NE(out.find(fmt::format("{} against the real process: no divergence  1,373 addresses, "
                                   "5 snapshots, 660 fields exact, 10 fields exact in sum, "
                                   "11 fields by rule, 45 fields bounded",
                                   who)),
              std::string::npos)
        << out;
  }
}

TEST_F(Replay, AWrongRecordingIsFound) {
  HistoryInput input(recording);
  Recording wrong = input.recording();
  const auto found =
      std::ranges::find_if(wrong.addresses, [](Address address) { return address != Address{}; });
  *found = *found + 8_B;
  const auto [exit, out, err] = replayed({.file = folder_.put("wrong.rec", print(wrong))}, true);
  EXPECT_EQ(exit, Exit::violated);
  const auto json = nlohmann::json::parse(out);
  EXPECT_TRUE(json["lockstep"]["holds"].get<bool>());
  EXPECT_EQ(json["against_process"]["model"]["divergence"]["field"], "address");
  EXPECT_EQ(json["against_process"]["naive"]["divergence"]["expected_by"], "go1.19.8");
}

TEST_F(Replay, ATruncatedRecordingIsRefused) {
  const ScratchFolder original;
  HistoryInput input(recording);
  const std::string text = print(input.recording());
  const std::string file = folder_.put("cut.rec", text.substr(0, text.size() / 2));
  EXPECT_NE(input_error_of([&] { return replayed({.file = file}); }).find("truncated"),
            std::string::npos);
}

TEST_F(Replay, AReleaseWithoutAModelIsRefusedByName) {
  const std::string file = trace("gc\n", "go1.4.3");
  EXPECT_TRUE(input_error_of([&] { return replayed({.file = file}); })
                  .starts_with(file + ": found a history of go1.4.3, expected one of a release "
                                      "whose heap is modelled: go1.19.7, "));
  EXPECT_EQ(replayed({.file = file, .release = "go1.19.8"}).exit, Exit::holds);
  EXPECT_THROW((void)replayed({.file = recording, .release = "go1.19.8"}), std::invalid_argument);
}

TEST_F(Replay, AHistoryOfNothingProvesNothing) {
  const auto [exit, out, err] = replayed({.file = trace("")});
  EXPECT_EQ(exit, Exit::bad_input);
  EXPECT_NE(err.find("proves nothing: no operation was applied"), std::string::npos) << err;
}

}  // namespace
}  // namespace heaplaw::cli
