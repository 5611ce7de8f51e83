// Programs that pretend to be a go command.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "oracle/golang/scratch_folder.h"

namespace heaplaw {

// A GOROOT whose bin/go is a shell script.
class FakeGo {
 public:
  explicit FakeGo(std::string_view script) { become(script); }
  // One that says it is this release, and for everything else does `rest`.
  static FakeGo of(const std::string& release, const std::string& rest) {
    return FakeGo(script_of(release, rest));
  }
  // One that builds this shell script in place of the recorder.
  static FakeGo building(const std::string& release, const std::string& program) {
    return of(release, "cat >\"$3\" <<'END'\n#!/bin/sh\n" + program + "\nEND\nchmod +x \"$3\"");
  }
  // One whose recorder answers with these texts in turn, whatever it is asked; the last for ever.
  FakeGo(const std::string& release, const std::vector<std::string>& answers) {
    std::string program = "cd " + goroot() + "\n";
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const std::string name = "answer-" + std::to_string(i);
      std::ofstream(folder_.path() / name) << answers[i];
      if (i + 1 < answers.size()) program += "mkdir said-" + name + " 2>/dev/null && ";
      program += "exec cat " + name + "\n";
    }
    become(
        script_of(release, "cat >\"$3\" <<'END'\n#!/bin/sh\n" + program + "END\nchmod +x \"$3\""));
  }

  [[nodiscard]] std::string goroot() const { return folder_.path().string(); }
  [[nodiscard]] std::string command() const { return (folder_.path() / "bin/go").string(); }

 private:
  static std::string script_of(const std::string& release, const std::string& rest) {
    return "if [ \"$1\" = version ]; then echo go version " + release + " linux/amd64; exit; fi; " +
           rest;
  }
  void become(std::string_view script) {
    std::filesystem::create_directory(folder_.path() / "bin");
    std::ofstream(command()) << "#!/bin/sh\n" << script << '\n';
    std::filesystem::permissions(command(), std::filesystem::perms::owner_all);
  }

  oracle::ScratchFolder folder_;
};

}  // namespace heaplaw
