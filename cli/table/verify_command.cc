#include "cli/table/source.h"
#include "cli/table/table_commands.h"
#include "cli/table/verify_report.h"
#include "evidence/bounded_reader.h"

namespace heaplaw::cli {

Exit table_verify(const VerifyOptions& options, const Terminal& terminal) {
  auto json = nlohmann::ordered_json::array();
  Exit exit = Exit::holds;
  const auto worsen = [&](Exit to) { exit = std::max(exit, to); };

  // One unreadable file does not keep the others from being verified.
  for (const std::string& path : options.files) {
    const std::string name = evidence::display_name(path);
    try {
      const std::string text = evidence::read_bounded(path, table_file_bytes_max);
      const Verification v = verify(text, name);
      if (terminal.json) {
        json.push_back(to_json(v));
      } else {
        report(v, options.all, terminal);
      }
      if (!v.consistent() || (options.exact && !v.identical)) worsen(Exit::violated);
    } catch (const InputError& error) {
      if (terminal.json) json.push_back({{"file", name}, {"error", error.what()}});
      terminal.complain("heaplaw: {}\n", error.what());
      worsen(Exit::bad_input);
    }
  }
  if (terminal.json) terminal.print("{}\n", json.dump(2));
  return exit;
}

}  // namespace heaplaw::cli
