#include "cli/audit/audit.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "captured_terminal.h"
#include "cli/audit/scan_file.h"
#include "cli/new_file.h"
#include "dumps.h"
#include "evidence/evidence_reader.h"
#include "expect_input_error.h"
#include "heard.h"

namespace heaplaw::cli {
namespace {

using testing::HasSubstr;

const std::string dumps = HEAPLAW_CORPUS "/dumps/";
const std::string good = dumps + "go1.19.8/07-gctrace-scavtrace-p4.txt";
const std::string bad = dumps + "other-releases/go1.16.15-386.jsonl";

class Audit : public testing::Test {
 protected:
  Audit() {
    std::string name = testing::TempDir() + "heaplaw-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  ~Audit() override { std::filesystem::remove_all(folder_); }

  std::string file_with(const std::string& content) {
    const std::string path = folder_ / "file";
    std::ofstream(path) << content;
    return path;
  }

  std::filesystem::path folder_;
};

TEST_F(Audit, SaysWhatHolds) {
  CapturedTerminal captured;
  EXPECT_EQ(audit({.files = {good}}, captured.terminal), Exit::holds);
  EXPECT_THAT(captured.out.str(), HasSubstr("gctrace: 14; 210 figures; Go 1.18 -"));
  EXPECT_THAT(captured.out.str(), HasSubstr("laws hold, 0 broken"));
}

TEST_F(Audit, SaysWhatIsBrokenAndWhere) {
  CapturedTerminal captured;
  EXPECT_EQ(audit({.files = {bad}}, captured.terminal), Exit::violated);
  EXPECT_THAT(captured.out.str(),
              HasSubstr(":3: HeapAlloc: found 18446744070656145800, expected at most 1241841664 "
                        "(alloc-within-inuse)"));
}

TEST_F(Audit, AdvisoryLawsDoNotFail) {
  CapturedTerminal captured;
  const std::string path = file_with(
      "gc 1 @0.007s 3%: 0.031+0.94+0.013 ms clock, 0.12+0.10/0.84/0.18+0.052 ms cpu, "
      "101->102->101 MB, 4 MB goal, 4 P\n");
  EXPECT_EQ(audit({.files = {path}}, captured.terminal), Exit::holds);
  EXPECT_THAT(captured.out.str(), HasSubstr("(trace-starts-within-goal, advisory)"));
}

TEST_F(Audit, OneUnreadableFileDoesNotKeepTheOthersFromBeingAudited) {
  CapturedTerminal captured;
  const std::string nothing = file_with("nothing here\n");
  EXPECT_EQ(audit({.files = {"/nowhere", nothing, good}}, captured.terminal), Exit::bad_input);
  EXPECT_THAT(captured.err.str(), HasSubstr("/nowhere: found no such file"));
  EXPECT_THAT(captured.err.str(), HasSubstr("found nothing known, expected figures"));
  EXPECT_THAT(captured.out.str(), HasSubstr("laws hold, 0 broken"));
}

TEST_F(Audit, SpeaksJson) {
  CapturedTerminal captured(true);
  EXPECT_EQ(audit({.files = {bad, good}}, captured.terminal), Exit::violated);
  const auto json = nlohmann::json::parse(captured.out.str());
  ASSERT_EQ(json.size(), 2);
  EXPECT_FALSE(json[0]["holds"]);
  EXPECT_TRUE(json[1]["holds"]);
  EXPECT_EQ(json[1]["forms"][0]["form"], "gctrace");
  EXPECT_GT(json[1]["evaluations"], 100);
}

TEST_F(Audit, WritesJunitToANewFileOnly) {
  CapturedTerminal captured;
  const std::string path = folder_ / "junit.xml";
  EXPECT_EQ(audit({.files = {bad}, .junit = path}, captured.terminal), Exit::violated);
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  EXPECT_THAT(text.str(), HasSubstr("<testcase name=\"alloc-within-inuse\" classname=\"exact\">"));
  EXPECT_THAT(text.str(), HasSubstr("failures=\"4\""));
  EXPECT_THROW((void)audit({.files = {good}, .junit = path}, captured.terminal), OutputError);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

// Whatever the pieces' size and the threads, a file says what its text says.
TEST_F(Audit, PiecesAndThreadsChangeNothing) {
  const std::string text = read_dump("go1.19.8/17-memstats-seq.jsonl") +
                           read_dump("go1.19.8/09-heap-rate1.txt") +
                           read_dump("go1.19.8/07-gctrace-scavtrace-p4.txt") + "cut";
  const std::string path = file_with(text);
  evidence::Heard whole;
  evidence::read_evidence(text, whole);
  for (const std::size_t piece : {1UL, 100UL, 5000UL, 100000UL}) {
    for (const unsigned threads : {1U, 3U}) {
      evidence::Heard heard;
      evidence::EvidenceReader reader(heard);
      scan_file(path, {.piece_bytes = piece, .threads = threads},
                [&](const evidence::EvidenceBlock& block) { reader.take(block); });
      reader.finish();
      EXPECT_EQ(heard.lines, whole.lines) << piece;
    }
  }
}

// Of a failure in one thread the others must hear, or they wait for its turn for ever.
TEST_F(Audit, WhatFailsInOneThreadEndsAll) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "a line\n";
  const std::string path = file_with(text);
  for (const unsigned threads : {1U, 3U}) {
    std::size_t pieces = 0;
    const auto third_fails = [&](const evidence::EvidenceBlock&) {
      if (++pieces == 3) throw std::runtime_error("enough");
    };
    EXPECT_THROW(scan_file(path, {.piece_bytes = 100, .threads = threads}, third_fails),
                 std::runtime_error);
    EXPECT_EQ(pieces, 3);
  }
}

TEST_F(Audit, ALineWithoutAnEndIsRefused) {
  const std::string path = file_with(std::string(100000, 'x'));
  EXPECT_THAT(input_error_of([&] {
                scan_file(path, {.piece_bytes = 64, .line_bytes_max = 1000}, [](const auto&) {});
              }),
              HasSubstr("found a longer line, expected a line end within 1000 bytes"));
}

}  // namespace
}  // namespace heaplaw::cli
