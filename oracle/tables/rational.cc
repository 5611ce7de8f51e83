#include "oracle/tables/rational.h"

#include <stdexcept>

#include <fmt/format.h>

namespace heaplaw::oracle {

std::uint64_t Rational::hundredths_of_percent() const {
  constexpr Uint128 hundredths_in_one = 10'000;
  const Uint128 scaled = hundredths_in_one * numerator_;
  Uint128 whole = scaled / denominator_;
  const Uint128 twice_the_rest = scaled % denominator_ * 2;
  if (twice_the_rest > denominator_ || (twice_the_rest == denominator_ && whole % 2 == 1)) ++whole;
  if (whole > UINT64_MAX) {
    throw std::overflow_error(
        fmt::format("{}/{} has too many hundredths of a percent", numerator_, denominator_));
  }
  return static_cast<std::uint64_t>(whole);
}

}  // namespace heaplaw::oracle
