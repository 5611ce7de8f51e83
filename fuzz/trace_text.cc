// Any bytes as a text trace and as a recording: they parse, or are refused at a place of the text.
// What parses is the same when read as a stream, printed and read again, and brought into bytes.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>

#include "vocabulary/check.h"
#include "vocabulary/input_error.h"
#include "vocabulary/recording.h"
#include "vocabulary/trace.h"
#include "vocabulary/trace_bytes.h"

namespace heaplaw {
namespace {

// A line or column beyond the text is only right behind its end.
void check_place(const InputError& error, std::string_view text) {
  const Place& place = error.place();
  HEAPLAW_CHECK(place.file == "fuzz", "what was printed does not parse: {}", error.what());
  HEAPLAW_CHECK(place.line > 0 && place.column > 0, "no place: {}", error.what());
  HEAPLAW_CHECK(std::string_view{error.what()}.size() < 1000, "too long to read");
  std::size_t start = 0;
  for (std::size_t line = 1; line < place.line; ++line) {
    const std::size_t end = text.find('\n', start);
    HEAPLAW_CHECK(end != text.npos || line + 1 == place.line, "{} lines are fewer than {}", line,
                  place.line);
    start = end == text.npos ? text.size() : end + 1;
  }
  HEAPLAW_CHECK(place.column <= text.size() - start + 1, "behind the end: {}", error.what());
}

template <typename Read>
auto attempt(std::string_view text, Read read) -> std::optional<decltype(read())> {
  try {
    return read();
  } catch (const InputError& error) {
    check_place(error, text);
    return std::nullopt;
  }
}

void check_trace(std::string_view text) {
  const auto trace = attempt(text, [&] { return parse_trace(text, "fuzz"); });
  std::istringstream stream{std::string(text)};
  const auto streamed = attempt(text, [&] { return read_trace(stream, "fuzz"); });
  HEAPLAW_CHECK(trace == streamed, "a stream is read in another way");
  if (!trace) return;
  HEAPLAW_CHECK(first_breach(*trace) == std::nullopt, "a breach was parsed");
  const std::string printed = print(*trace);
  HEAPLAW_CHECK(parse_trace(printed, "printed") == *trace, "printing loses something:\n{}",
                printed);
  HEAPLAW_CHECK(decode_trace(encode_trace(*trace)) == *trace, "bytes lose something:\n{}", printed);
}

void check_recording(std::string_view text) {
  const auto recording = attempt(text, [&] { return parse_recording(text, "fuzz"); });
  std::istringstream stream{std::string(text)};
  const auto streamed = attempt(text, [&] { return read_recording(stream, "fuzz"); });
  HEAPLAW_CHECK(recording == streamed, "a stream is read in another way");
  if (!recording) return;
  const std::string printed = print(*recording);
  HEAPLAW_CHECK(parse_recording(printed, "printed") == *recording, "printing loses something:\n{}",
                printed);
}

}  // namespace
}  // namespace heaplaw

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  heaplaw::check_trace(text);
  heaplaw::check_recording(text);
  return 0;
}
