#include "vocabulary/profile_sampling.h"

namespace heaplaw {

namespace {

using Distance = ProfileSampling::Distance;

// The newest first.
struct Era {
  unsigned since;
  ProfileSampling sampling;
};
constexpr Era eras[] = {
    {12, {.distance = Distance::exponential, .large_always = false}},
    {6, {.distance = Distance::exponential, .large_always = true}},
    {0, {.distance = Distance::uniform, .large_always = true}},
};

}  // namespace

ProfileSampling profile_sampling_of(const Release& release) {
  const Era* era = eras;
  while (release.minor() < era->since) ++era;
  return era->sampling;
}

}  // namespace heaplaw
