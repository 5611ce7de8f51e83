#include "cli/audit/scan_file.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <mutex>
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
  bool scanned = false;
  std::exception_ptr error;

  void scan() {
    try {
      block.scan({bytes.data(), size});
    } catch (...) {
      error = std::current_exception();
    }
  }
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

// Threads that scan pieces; whoever submits them waits for the oldest.
class Scanners {
 public:
  explicit Scanners(unsigned threads) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  }
  Scanners(const Scanners&) = delete;
  Scanners& operator=(const Scanners&) = delete;
  ~Scanners() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
      waiting_.clear();
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  void submit(Piece& piece) {
    {
      const std::lock_guard lock(mutex_);
      piece.scanned = false;
      waiting_.push_back(&piece);
    }
    changed_.notify_all();
  }
  void wait(Piece& piece) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return piece.scanned; });
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [&] { return closing_ || !waiting_.empty(); });
      if (closing_) return;
      Piece* const piece = waiting_.front();
      waiting_.pop_front();
      lock.unlock();
      piece->scan();
      lock.lock();
      piece->scanned = true;
      changed_.notify_all();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Piece*> waiting_;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

void hand_over(Piece& piece, const std::function<void(const evidence::EvidenceBlock&)>& each) {
  if (piece.error) std::rethrow_exception(piece.error);
  each(piece.block);
}

}  // namespace

void scan_file(const std::string& path, const ScanOptions& options,
               const std::function<void(const evidence::EvidenceBlock&)>& each) {
  PieceReader reader(path, options);
  const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
  const unsigned threads = options.threads == 0 ? processors : options.threads;
  std::vector<Piece> pieces(std::size_t{2} * threads + 2);
  // Most files are one piece: no threads for those.
  if (!reader.fill(pieces[0])) return;
  const bool more = reader.fill(pieces[1]);
  if (!more) {
    pieces[0].scan();
    hand_over(pieces[0], each);
    return;
  }
  Scanners scanners(threads);
  scanners.submit(pieces[0]);
  scanners.submit(pieces[1]);
  std::size_t first = 0;
  std::size_t next = 2;
  bool reading = true;
  while (reading || first != next) {
    Piece& free = pieces[next % pieces.size()];
    if (reading && next - first < pieces.size()) {
      reading = reader.fill(free);
      if (reading) {
        scanners.submit(free);
        ++next;
      }
      continue;
    }
    Piece& oldest = pieces[first % pieces.size()];
    scanners.wait(oldest);
    hand_over(oldest, each);
    ++first;
  }
}

}  // namespace heaplaw::cli
