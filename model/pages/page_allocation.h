// What an allocation of pages gives.
#pragma once

#include "vocabulary/units.h"

namespace heaplaw::model {

struct PageAllocation {
  Address address;
  Pages scavenged;  // how many of the pages were with the operating system

  bool operator==(const PageAllocation&) const = default;
};

}  // namespace heaplaw::model
