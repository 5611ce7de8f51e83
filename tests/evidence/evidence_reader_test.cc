#include "evidence/evidence_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dumps.h"
#include "heard.h"

namespace heaplaw::evidence {
namespace {

using testing::ElementsAre;

std::vector<std::string> heard_of(std::string_view text) {
  Heard heard;
  read_evidence(text, heard);
  return heard.lines;
}

constexpr const char* gc_24 =
    "gc 24 @0.446s 0%: 0.004+0.11+0.003 ms clock, 0.036+0/0.10/0.15+0.028 ms cpu, 16->16->8 MB, 17 "
    "MB goal, 8 P";
constexpr const char* gc_25 =
    "gc 25 @0.489s 0%: 0.005+0.11+0.007 ms clock, 0.041+0/0.090/0.11+0.062 ms cpu, 16->16->8 MB, "
    "17 MB goal, 8 P";
const std::string two_gcs = std::string(gc_24) + "\n" + gc_25 + "\n";

TEST(EvidenceReader, TakesStrictLines) {
  EXPECT_THAT(heard_of(two_gcs + "GC forced\nscvg-1: 0 MB released\n"),
              ElementsAre("1: gc 24 after 0", "2: gc 25 after 24", "3: GC forced",
                          "4: scvg-1: 0 MB released"));
}

TEST(EvidenceReader, TakesLinesBehindALogsPrefix) {
  EXPECT_THAT(heard_of("2024/01/02 app[7]: " + std::string(gc_24) + "\r\n    // " + gc_25 + "\n"),
              ElementsAre("1 mended: gc 24 after 0", "2 mended: gc 25 after 24"));
}

TEST(EvidenceReader, TakesLinesOutOfPages) {
  EXPECT_THAT(
      heard_of("<p>gc 24 @0.446s 0%: 0.004+0.11+0.003 ms clock, 0.036+0/0.10/0.15+0.028 ms cpu, "
               "16-&gt;16-&gt;8 MB, 17 MB goal, 8 P</p><br />\n"),
      ElementsAre("1 mended: gc 24 after 0"));
}

// formats, 4.1: another writer's bytes between two writes of the runtime.
TEST(EvidenceReader, JoinsALineThatAnotherOneBrokeInto) {
  const std::string line = gc_24;
  const std::size_t head = line.find("%: ") + 3;
  const std::string text = line.substr(0, head) + "2019/04/06 14:28:27 force gc.\n" +
                           line.substr(head) + "\n" + gc_25 + "\n";
  EXPECT_THAT(heard_of(text), ElementsAre("1: refused: a line of a trace that is cut or changed",
                                          "2 mended: gc 24 after 0", "3: gc 25 after 24"));
}

TEST(EvidenceReader, NeverJoinsWithinANumber) {
  const std::string line = gc_24;
  const std::string text = line.substr(0, 21) + "\n" + line.substr(21) + "\n";
  EXPECT_EQ(heard_of(text)[0], "1: refused: a line of a trace that is cut or changed");
  for (const std::string& heard : heard_of(text)) EXPECT_EQ(heard.find("gc 24"), heard.npos);
}

TEST(EvidenceReader, KeepsProcessesOfOneLogApart) {
  const std::string first =
      "gc 1 @0.007s 3%: 0.031+0.94+0.013 ms clock, 0.12+0.10/0.84/0.18+0.052 ms cpu, 4->4->4 MB, 5 "
      "MB goal, 4 P\n";
  EXPECT_THAT(heard_of(two_gcs + first),
              ElementsAre("1: gc 24 after 0", "2: gc 25 after 24", "3: gc 1 after 0"));
}

TEST(EvidenceReader, ReadsAHeapProfileAsItStands) {
  const auto heard = heard_of(read_dump("other-releases/go1.1.2-heap.txt"));
  ASSERT_EQ(heard.size(), 5);
  EXPECT_EQ(heard[0], "2: record of 33554432");
  EXPECT_EQ(heard[3], "1: profile of 36268480, sum 36268480");
  EXPECT_THAT(heard[4], testing::StartsWith("27: heap profile of 1.1 - 1.6 : Alloc, TotalAlloc"));
}

TEST(EvidenceReader, AnExcerptOfAProfileIsNotSummed) {
  const std::string text =
      "heap profile: 3: 30 [3: 30] @ heap/2\n1: 10 [1: 10] @ 0x1\n......\n# HeapIdle = 3\n# "
      "HeapSys "
      "= x\n";
  EXPECT_THAT(heard_of(text), ElementsAre("2: record of 10", "3: foreign: ......",
                                          "1: profile of 30, sum 10, not whole",
                                          "5: refused: a line of MemStats that is cut or changed",
                                          "4 mended: heap profile of 1.0 - : HeapIdle"));
}

TEST(EvidenceReader, ReadsValuesAndFields) {
  const std::string json = read_dump("other-releases/go1.25.7-json.jsonl");
  const std::string line = json.substr(0, json.find('\n'));
  const auto heard = heard_of(line + "\nlog: " + line + "\nHeapIdle: 8 HeapReleased: 4\n");
  ASSERT_EQ(heard.size(), 3);
  EXPECT_THAT(heard[0], testing::StartsWith("1: JSON of 1.16 - "));
  EXPECT_THAT(heard[1], testing::StartsWith("2 mended: JSON of 1.16 - "));
  EXPECT_THAT(heard[1], testing::EndsWith(", again"));
  EXPECT_THAT(heard[2], testing::HasSubstr("HeapIdle, HeapReleased"));
}

// Found by the fuzzer: the first one had no line.
TEST(EvidenceReader, OneLineMayHoldTwoSnapshots) {
  EXPECT_THAT(heard_of("Sys: 1 Sys: 2\nSys: 3\n"),
              ElementsAre("1 mended: fields by name of 1.0 - : Sys",
                          "1 mended: fields by name of 1.0 - : Sys, again",
                          "2 mended: fields by name of 1.0 - : Sys, again"));
}

TEST(EvidenceReader, ReadsRuntimeMetrics) {
  EXPECT_THAT(heard_of("x /memory/classes/heap/free:bytes: 4096\n"
                       "/memory/classes/heap/released:bytes: 1\n"),
              ElementsAre("1: runtime/metrics of 1.16 - : HeapIdle, HeapReleased"));
}

TEST(EvidenceReader, CutLinesAreRefused) {
  const std::string cut = std::string(gc_24).substr(0, 80);
  EXPECT_THAT(heard_of(cut), ElementsAre("1: refused: a line of a trace that is cut or changed"));
  EXPECT_THAT(heard_of("HeapIdle: 123"), ElementsAre("1: refused: HeapIdle may be cut"));
}

TEST(EvidenceReader, SaysWhatIsForeign) {
  EXPECT_THAT(
      heard_of("hello\n\n--- ---\nheap profile: 1: 2 [ 3: 4] @ heapz_v2/1\n"),
      ElementsAre("1: foreign: hello", "4: refused: a heap profile of another tool than Go's"));
}

// Pieces of one text say what the whole says, wherever it is cut between lines.
TEST(EvidenceReader, PiecesSayWhatTheWholeSays) {
  for (const char* name : {"go1.19.8/07-gctrace-scavtrace-p4.txt", "go1.19.8/09-heap-rate1.txt"}) {
    const std::string text = read_dump(name);
    const auto whole = heard_of(text);
    for (std::size_t cut = text.find('\n'); cut != text.npos; cut = text.find('\n', cut + 1)) {
      Heard heard;
      EvidenceReader reader(heard);
      for (const std::string_view piece :
           {std::string_view(text).substr(0, cut + 1), std::string_view(text).substr(cut + 1)}) {
        EvidenceBlock block;
        block.scan(piece);
        reader.take(block);
      }
      reader.finish();
      ASSERT_EQ(heard.lines, whole) << name << " cut at " << cut;
    }
  }
}

}  // namespace
}  // namespace heaplaw::evidence
