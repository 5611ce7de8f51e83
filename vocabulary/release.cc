#include "vocabulary/release.h"

#include <charconv>
#include <stdexcept>

namespace heaplaw {

namespace {

// Reads at most four digits off the front: no line of Go has more, and the rest stays to be
// refused.
std::optional<unsigned> take_number(std::string_view& text) {
  if (text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9') return std::nullopt;
  unsigned value = 0;
  const auto* const limit = text.data() + (text.size() < 4 ? text.size() : 4);
  const auto [end, error] = std::from_chars(text.data(), limit, value);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::optional<Release> Release::try_parse(std::string_view text) {
  take(text, "go");
  if (text == "1") return Release{0};
  if (!take(text, "1.")) return std::nullopt;
  const auto minor = take_number(text);
  if (!minor) return std::nullopt;
  if (text.empty()) return Release{*minor};

  const auto stage = take(text, ".")      ? Stage::final
                     : take(text, "beta") ? Stage::beta
                     : take(text, "rc")   ? Stage::rc
                                          : std::optional<Stage>{};
  if (!stage) return std::nullopt;
  const auto number = take_number(text);
  if (!number || !text.empty()) return std::nullopt;
  return Release{*minor, *stage, *number};
}

Release Release::parse(std::string_view text) {
  if (const auto release = try_parse(text)) return *release;
  constexpr std::size_t quoted_max = 40;  // enough to recognise it, whatever was passed
  throw std::invalid_argument(
      fmt::format("'{}{}' is not a Go release; expected a name like go1.19.8, 1.4 or 1.26rc1",
                  text.substr(0, quoted_max), text.size() > quoted_max ? "..." : ""));
}

std::string Release::name() const {
  constexpr unsigned first_line_with_zero_patch = 21;
  if (minor_ == 0 && stage_ == Stage::final && number_ == 0) return "go1";
  switch (stage_) {
    case Stage::beta:
      return fmt::format("go1.{}beta{}", minor_, number_);
    case Stage::rc:
      return fmt::format("go1.{}rc{}", minor_, number_);
    case Stage::final:
      break;
  }
  if (number_ == 0 && minor_ < first_line_with_zero_patch) return fmt::format("go1.{}", minor_);
  return fmt::format("go1.{}.{}", minor_, number_);
}

}  // namespace heaplaw
