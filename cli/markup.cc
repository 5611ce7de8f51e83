#include "cli/markup.h"

#include <algorithm>
#include <array>
#include <utility>

namespace heaplaw::cli {

std::string escaped(std::string_view text) {
  constexpr std::array<std::pair<char, std::string_view>, 4> entities = {
      {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}}};
  std::string out;
  for (const char c : text) {
    const auto* const entity =
        std::ranges::find(entities, c, &std::pair<char, std::string_view>::first);
    if (entity != entities.end()) {
      out += entity->second;
    } else {
      out += static_cast<unsigned char>(c) >= ' ' ? c : ' ';
    }
  }
  return out;
}

}  // namespace heaplaw::cli
