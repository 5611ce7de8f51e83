// Runs a fuzz target over files, without libFuzzer: replay PATH... [--optional PATH...]
//
// Every file of every folder counts. A path that is missing is an error unless it follows
// --optional, and so is a corpus without a single input, since such a test would test nothing.
#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

extern "C" {
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
// libFuzzer's own entry points; a target may define the first and a mutator call the second.
[[gnu::weak]] int LLVMFuzzerInitialize(int* argc, char*** argv);
std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);
// Present in sanitized builds, which leave without a signal.
[[gnu::weak]] void __sanitizer_set_death_callback(void (*callback)());
}

std::size_t LLVMFuzzerMutate(std::uint8_t* /*data*/, std::size_t size, std::size_t /*max_size*/) {
  return size;
}

namespace {

namespace fs = std::filesystem;

// Names the input even where nothing but write() is safe any more.
std::string last_words;  // NOLINT(cert-err58-cpp): an empty string does not throw

void say_last_words() {
  if (write(STDERR_FILENO, last_words.data(), last_words.size()) < 0) return;
}
void on_signal(int signal) {
  say_last_words();
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

std::vector<fs::path> inputs_of(const fs::path& path) {
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path)) {
    // A folder may explain itself; its README is not an input.
    if (entry.is_regular_file() && entry.path().filename() != "README.md") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool passes(const fs::path& file) {
  last_words = fmt::format("{}: died here\n", file.string());
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream) {
    fmt::print(stderr, "{}: cannot read it\n", file.string());
    return false;
  }
  // A buffer of exactly this size, so that a sanitizer sees a read past its end.
  const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
  try {
    LLVMFuzzerTestOneInput(input.data(), input.size());
    return true;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}: {}\n", file.string(), error.what());
    return false;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (LLVMFuzzerInitialize != nullptr) LLVMFuzzerInitialize(&argc, &argv);
  if (__sanitizer_set_death_callback != nullptr) {
    __sanitizer_set_death_callback(say_last_words);
  } else {
    for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
      std::signal(signal, on_signal);
    }
  }

  std::size_t replayed = 0;
  std::size_t failed = 0;
  bool optional = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--optional") {
      optional = true;
      continue;
    }
    if (!fs::exists(argument)) {
      if (optional) continue;
      fmt::print(stderr, "{}: no such file or folder\n", argument);
      return 2;
    }
    for (const fs::path& file : inputs_of(argument)) {
      ++replayed;
      if (!passes(file)) ++failed;
    }
  }
  fmt::print("{} inputs replayed, {} failed\n", replayed, failed);
  if (replayed == 0) fmt::print(stderr, "no inputs: this replay tested nothing\n");
  return replayed == 0 || failed != 0 ? 1 : 0;
}
