// A recording from the corpus.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "vocabulary/recording.h"

namespace heaplaw {

// As in corpus_recording("go1.19.8/tiny-1").
inline Recording corpus_recording(const std::string& name) {
  const std::string path = std::string(HEAPLAW_CORPUS "/recordings/") + name + ".rec";
  std::ifstream stream(path);
  return read_recording(stream, path);
}

// An object lies elsewhere than it did.
inline Recording with_wrong_address(Recording recording, std::size_t operation) {
  while (recording.addresses[operation] == Address{}) ++operation;
  recording.addresses[operation] = recording.addresses[operation] + 8_KiB;
  return recording;
}

}  // namespace heaplaw
