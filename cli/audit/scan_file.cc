#include "cli/audit/scan_file.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "evidence/bounded_reader.h"
#include "evidence/byte_source.h"
#include "vocabulary/input_error.h"

namespace heaplaw::cli {

namespace {

struct Piece {
  std::vector<char> bytes;
  std::size_t size = 0;
  evidence::EvidenceBlock block;
};

// Cuts a file behind line ends; what follows the last one is carried over to the next piece.
class PieceReader {
 public:
  PieceReader(const std::string& path, const ScanOptions& options)
      : source_(path), options_(options) {}

  // False at the end.
  bool fill(Piece& piece) {
    if (done_) return false;
    piece.bytes.resize(std::max(piece.bytes.size(), carried_.size() + options_.piece_bytes));
    std::copy(carried_.begin(), carried_.end(), piece.bytes.begin());
    piece.size = carried_.size();
    carried_.clear();
    for (;;) {
      if (piece.size == piece.bytes.size()) grow(piece);
      const std::size_t got =
          source_.read(piece.bytes.data() + piece.size, piece.bytes.size() - piece.size);
      if (got == 0) {
        done_ = true;
        break;
      }
      piece.size += got;
      if (piece.size < options_.piece_bytes) continue;
      const void* const newline = ::memrchr(piece.bytes.data(), '\n', piece.size);
      if (!newline) continue;
      const auto end =
          static_cast<std::size_t>(static_cast<const char*>(newline) - piece.bytes.data()) + 1;
      carried_.assign(piece.bytes.begin() + static_cast<std::ptrdiff_t>(end),
                      piece.bytes.begin() + static_cast<std::ptrdiff_t>(piece.size));
      piece.size = end;
      break;
    }
    return piece.size > 0;
  }
  [[nodiscard]] bool done() const { return done_; }

 private:
  void grow(Piece& piece) {
    if (piece.bytes.size() >= options_.line_bytes_max) {
      throw InputError({.file = source_.name()}, "a longer line",
                       fmt::format("a line end within {} bytes", options_.line_bytes_max));
    }
    piece.bytes.resize(std::min(2 * piece.bytes.size(), options_.line_bytes_max));
  }

  evidence::ByteSource source_;
  const ScanOptions& options_;
  std::vector<char> carried_;
  bool done_ = false;
};

using Each = std::function<void(const evidence::EvidenceBlock&)>;

// Each worker reads the next piece, scans it beside the others, and hands it over when all pieces
// before it have been: what one core has just scanned is in its cache.
class Relay {
 public:
  Relay(PieceReader& reader, const Each& each) : reader_(reader), each_(each) {}

  // One piece, which is scratch; false at the end of the file, or when something has failed.
  bool work(Piece& piece) {
    try {
      const std::optional<std::size_t> number = read(piece);
      if (!number) return false;
      piece.block.scan({piece.bytes.data(), piece.size});
      if (!await_turn(*number)) return false;
      each_(piece.block);
      end_turn();
      return true;
    } catch (...) {
      fail(std::current_exception());
      return false;
    }
  }
  // When all workers are done.
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::optional<std::size_t> read(Piece& piece) {
    const std::lock_guard lock(reading_);
    if (ended_) return std::nullopt;
    ended_ = true;  // if it throws as well
    ended_ = !reader_.fill(piece);
    return ended_ ? std::nullopt : std::optional(read_++);
  }
  // False once something has failed.
  bool await_turn(std::size_t number) {
    std::unique_lock lock(turns_);
    changed_.wait(lock, [&] { return turn_ == number || error_; });
    return !error_;
  }
  void end_turn() {
    {
      const std::lock_guard lock(turns_);
      ++turn_;
    }
    changed_.notify_all();
  }
  void fail(std::exception_ptr error) {
    {
      const std::lock_guard lock(turns_);
      if (!error_) error_ = std::move(error);
    }
    changed_.notify_all();
  }

  PieceReader& reader_;
  const Each& each_;
  std::mutex reading_;
  std::size_t read_ = 0;
  bool ended_ = false;
  std::mutex turns_;
  std::condition_variable changed_;
  std::size_t turn_ = 0;
  std::exception_ptr error_;
};

}  // namespace

void scan_file(const std::string& path, const ScanOptions& options, const Each& each) {
  PieceReader reader(path, options);
  const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
  const unsigned threads = options.threads == 0 ? processors : options.threads;
  Relay relay(reader, each);
  const auto work = [&relay] {
    Piece piece;
    while (relay.work(piece)) {
    }
  };
  {
    // Most files are one piece: no threads for those.
    Piece first;
    std::vector<std::jthread> helpers;
    if (relay.work(first) && !reader.done()) {
      for (unsigned i = 1; i < threads; ++i) helpers.emplace_back(work);
      work();
    }
  }
  relay.rethrow();
}

}  // namespace heaplaw::cli
