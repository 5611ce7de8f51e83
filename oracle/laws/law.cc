#include "oracle/laws/law.h"

namespace heaplaw::oracle {

std::string_view name_of(Strength strength) {
  switch (strength) {
    case Strength::exact:
      return "exact";
    case Strength::bounded:
      return "bounded";
    case Strength::advisory:
      return "advisory";
  }
  return "";
}

}  // namespace heaplaw::oracle
