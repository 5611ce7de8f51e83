// SHA-256, by OpenSSL.
#pragma once

#include <string>
#include <string_view>

namespace heaplaw::cli {

// In 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace heaplaw::cli
