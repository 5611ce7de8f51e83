#include "oracle/golang/recorder.h"

#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "oracle/golang/go_error.h"
#include "oracle/golang/recorder_source.h"
#include "vocabulary/input_error.h"

namespace heaplaw::oracle {

namespace fs = std::filesystem;

namespace {

// Exit statuses of the recorder (main.go).
constexpr int disturbed_status = 3;
// A toolchain without its library in the cache compiles that first.
constexpr std::chrono::minutes build_time_max{10};
constexpr std::chrono::minutes run_time_max{10};
constexpr std::size_t recording_bytes_max = std::size_t{4} << 30;
constexpr int runs_max = 10;

void write_source(const fs::path& folder) {
  fs::create_directory(folder);
  for (const SourceFile& source : recorder_source()) {
    std::ofstream file(folder / source.name, std::ios::binary);
    file << source.text;
    file.close();
    if (!file) {
      throw GoError(fmt::format("{}: could not write all of it", (folder / source.name).string()));
    }
  }
}

std::string last_words(const ChildResult& result) {
  constexpr std::size_t enough = 1000;
  std::string_view text = result.errors.empty() ? result.output : result.errors;
  while (text.ends_with('\n')) text.remove_suffix(1);
  return text.empty() ? "" : fmt::format(":\n{}", text.substr(0, enough));
}

}  // namespace

Recorder::Recorder(const Toolchain& toolchain, const std::atomic<bool>* interrupted)
    : toolchain_(toolchain), interrupted_(interrupted), program_(scratch_.path() / "recorder") {
  const fs::path source = scratch_.path() / "source";
  std::error_code error;
  write_source(source);
  const ChildOrder order{.command = {toolchain.go.string(), "build", "-o", program_.string()},
                         .environment = build_environment(scratch_.path()),
                         .folder = source,
                         .time_max = build_time_max,
                         .interrupted = interrupted};
  const ChildResult result = run_child(order);
  if (!result.succeeded()) {
    throw GoError(fmt::format("{}: building the recorder failed: {}{}", toolchain.go.string(),
                              describe(result, order), last_words(result)));
  }
  if (!fs::exists(program_, error)) {
    throw GoError(fmt::format("{}: building the recorder made no program", toolchain.go.string()));
  }
}

ChildResult Recorder::ask(const ChildOrder& order) const {
  ChildResult result = run_child(order);
  const bool disturbed = result.end == ChildEnd::exited && result.status == disturbed_status;
  if (!result.succeeded() && !disturbed) {
    throw GoError(fmt::format("{}: the recorder failed: {}{}", toolchain_.release,
                              describe(result, order), last_words(result)));
  }
  return result;
}

Run Recorder::run(const Trace& trace) const {
  const std::string text = print(trace);
  const ChildResult result = ask({.command = {program_.string()},
                                  .environment = {"GOMAXPROCS=1", "GOGC=off",
                                                  "GODEBUG=adaptivestackstart=0,asyncpreemptoff=1"},
                                  .folder = scratch_.path(),
                                  .input = text,
                                  .output_max = recording_bytes_max,
                                  .time_max = run_time_max,
                                  .interrupted = interrupted_});
  if (!result.succeeded()) return {.recording = {}, .disturbance = result.errors};
  try {
    Recording recording = parse_recording(result.output, "recorder");
    if (recording.trace.release != toolchain_.release) {
      throw GoError(fmt::format("{}: builds programs of {}", toolchain_.go.string(),
                                recording.trace.release));
    }
    return {.recording = std::move(recording), .disturbance = {}};
  } catch (const InputError& error) {
    throw GoError(fmt::format("{}: the recorder's answer is no recording: {}", toolchain_.release,
                              error.what()));
  }
}

RaceTime Recorder::race(const Trace& trace) const {
  const std::string text = print(trace);
  const ChildResult result = ask({.command = {program_.string(), "-race"},
                                  .environment = {"GOMAXPROCS=1"},
                                  .folder = scratch_.path(),
                                  .input = text,
                                  .time_max = run_time_max,
                                  .interrupted = interrupted_});
  RaceTime time;
  std::istringstream words{result.output};
  if (words >> time.wall_ns >> time.cpu_ns >> time.collections) return time;
  throw GoError(
      fmt::format("{}: the recorder's answer is no time: {}", toolchain_.release, result.output));
}

Recording Recorder::record(const Trace& trace, std::atomic<std::uint64_t>& disturbed) const {
  std::string last;
  for (int runs = 0; runs < runs_max; ++runs) {
    Run run_once = run(trace);
    if (run_once.recording) return std::move(*run_once.recording);
    ++disturbed;
    last = run_once.disturbance;
  }
  throw GoError(fmt::format("{}: all of {} runs were disturbed; the last: {}", toolchain_.release,
                            runs_max, last));
}

}  // namespace heaplaw::oracle
