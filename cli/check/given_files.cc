#include "cli/check/given_files.h"

#include <filesystem>
#include <map>

#include "cli/check/histories.h"
#include "cli/check/installed_go.h"
#include "cli/check/recordings.h"
#include "cli/history/history_input.h"
#include "cli/table/source.h"
#include "cli/table/verify.h"
#include "evidence/bounded_reader.h"
#include "vocabulary/input_error.h"

namespace heaplaw::cli {

namespace {

void verify_file(const std::string& path, StageResult& result, std::uint64_t& verified) {
  const Verification v =
      verify(evidence::read_bounded(path, table_file_bytes_max), evidence::display_name(path));
  ++verified;
  if (v.consistent()) return;
  const Inconsistency& first = v.inconsistencies.front();
  result.fail(fmt::format("{}: {}: found {}, expected {} ({}); `heaplaw table verify` says more",
                          to_string(first.place), first.what, first.found, first.expected,
                          first.rule));
}

class GivenFiles {
 public:
  GivenFiles(const StageOptions& options, const std::function<void(StageResult)>& done)
      : options_(options), done_(done) {}

  void sort(const std::string& path) {
    std::error_code error;
    const auto type = std::filesystem::status(path, error).type();
    if (type == std::filesystem::file_type::directory) {
      tables_.push_back(size_class_file_at(path));
      return;
    }
    // A pipe can be read once only, and not to see what it is.
    if (path == "-" || type != std::filesystem::file_type::regular) {
      tables_.push_back(path);
      return;
    }
    guarded([&] {
      const evidence::PeekedStream file(path);
      const HistoryKind kind = kind_of(file.beginning());
      (kind == HistoryKind::other_text ? tables_ : histories_[kind]).push_back(path);
    });
  }

  bool check(const std::vector<std::string>& installed) {
    tables_.insert(tables_.begin(), installed.begin(), installed.end());
    if (!tables_.empty()) verify_tables();
    for (const auto& group : histories_) {
      const HistoryKind kind = group.first;
      for (const std::string& file : group.second) {
        guarded([&] {
          done_(kind == HistoryKind::recording ? run_recordings(options_, file, {file})
                                               : run_kept_histories(options_, file, {file}));
        });
      }
    }
    if (unreadable_.failure_count > 0) done_(unreadable_);
    return unreadable_.failure_count == 0;
  }

 private:
  void verify_tables() {
    StageResult result{.name = "sizeclasses.go on this machine"};
    std::uint64_t verified = 0;
    for (const std::string& path : tables_) {
      guarded([&] { verify_file(path, result, verified); });
    }
    result.count("files", verified);
    done_(std::move(result));
  }

  template <typename Work>
  void guarded(Work work) {
    try {
      work();
    } catch (const InputError& error) {
      unreadable_.fail(error.what());
    }
  }

  const StageOptions& options_;
  const std::function<void(StageResult)>& done_;
  std::vector<std::string> tables_;
  std::map<HistoryKind, std::vector<std::string>> histories_;
  StageResult unreadable_{.name = "files that cannot be read"};
};

}  // namespace

bool check_given_files(const StageOptions& options, const std::vector<std::string>& given,
                       const std::vector<std::string>& installed,
                       const std::function<void(StageResult)>& done) {
  GivenFiles files(options, done);
  for (const std::string& path : given) files.sort(path);
  return files.check(installed);
}

}  // namespace heaplaw::cli
