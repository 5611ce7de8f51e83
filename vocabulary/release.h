// A Go release by its name: go1.4, 1.19.8, go1.26rc1.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace heaplaw {

// Ordered as they were published: go1.8beta1 < go1.8rc1 < go1.8 < go1.8.1. "1.26" without a patch
// number means the first final release of that line, for every line (go1.21 == go1.21.0).
class Release {
 public:
  enum class Stage : std::uint8_t { beta, rc, final };

  constexpr explicit Release(unsigned minor, unsigned patch = 0)
      : minor_(minor), stage_(Stage::final), number_(patch) {}
  constexpr Release(unsigned minor, Stage stage, unsigned number)
      : minor_(minor), stage_(stage), number_(number) {}

  // The spelling of `go version`, with or without "go"; "go1" is 1.0. Empty for anything else.
  [[nodiscard]] static std::optional<Release> try_parse(std::string_view text);

  // As try_parse, but throws std::invalid_argument that quotes the text and shows good spellings.
  [[nodiscard]] static Release parse(std::string_view text);

  [[nodiscard]] constexpr unsigned minor() const { return minor_; }
  [[nodiscard]] constexpr Stage stage() const { return stage_; }
  // Of the patch, the beta or the rc.
  [[nodiscard]] constexpr unsigned number() const { return number_; }
  // The name that its own toolchain prints: go1.20, but go1.21.0.
  [[nodiscard]] std::string name() const;

  constexpr auto operator<=>(const Release&) const = default;

 private:
  unsigned minor_;
  Stage stage_;
  unsigned number_;
};

}  // namespace heaplaw

template <>
struct fmt::formatter<heaplaw::Release> : fmt::formatter<std::string> {
  auto format(const heaplaw::Release& release, format_context& context) const {
    return formatter<std::string>::format(release.name(), context);
  }
};
