#include "model/tiny.h"

namespace heaplaw::model {

Bytes tiny_align(Bytes size, Architecture architecture, const ReleaseFacts& facts) {
  if (size % 8_B == 0_B) return 8_B;
  if (size == 12_B && facts.tiny_aligns_12_to_8 && architecture == Architecture::bits32) return 8_B;
  if (size % 4_B == 0_B) return 4_B;
  if (size % 2_B == 0_B) return 2_B;
  return 1_B;
}

}  // namespace heaplaw::model
