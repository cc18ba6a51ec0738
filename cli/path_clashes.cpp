#include "cli/path_clashes.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <vector>

#include "reports/format.hpp"
#include "targets/text.hpp"

namespace edgesurvey {
namespace {

namespace fs = std::filesystem;

// Whatever spelling: without "..", behind links. Of a file that is not there yet, as far as its folders are.
fs::path identity(const std::string& path) {
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(fs::absolute(path, error), error);
  return error ? fs::path(path) : whole;
}

bool holds_something(const std::string& path) {
  std::error_code error;
  return !fs::exists(path, error) || fs::is_regular_file(path, error);
}

// Which part every file has; a second part is a clash.
class Parts {
 public:
  void give(const std::string& path, const std::string& part) {
    if (clash_ || !holds_something(path)) return;
    const auto [place, first] = given_.try_emplace(identity(path), part);
    if (first) return;
    clash_ = edgesurvey::quoted(path) + (place->second == part
                                             ? " is named twice as " + part
                                             : " cannot be both " + place->second + " and " + part);
  }
  // The same part as often as you like.
  void give_again(const std::string& path, const std::string& part) {
    if (holds_something(path)) given_.try_emplace(identity(path), part);
  }
  const std::optional<std::string>& clash() const { return clash_; }

 private:
  std::map<fs::path, std::string> given_;
  std::optional<std::string> clash_;
};

void give_outputs(Parts& parts, const OutputOptions& output) {
  for (const auto& path : output.paths) {
    const auto destination = Destination::parse(path);
    if (destination && !destination->is_stdout) parts.give(path, "a result (-o)");
  }
}

// The journal that a run makes beside its first file (Outputs::first_file), and removes.
void give_own_journal(Parts& parts, const OutputOptions& output) {
  for (const auto& path : output.paths) {
    const auto destination = Destination::parse(path);
    if (!destination || destination->is_stdout || !holds_something(path)) continue;
    return parts.give(path + ".journal", "the run's own journal");
  }
}

std::ptrdiff_t results_on_stdout(const OutputOptions& output) {
  return std::count_if(output.paths.begin(), output.paths.end(), [](const std::string& path) {
    const auto destination = Destination::parse(path);
    return destination && destination->is_stdout;
  });
}

// An input may be named twice: reading loses nothing, but of the standard input there is only one.
std::vector<std::string> inputs_of(const ScanOptions& options) {
  std::vector<std::string> paths = options.target_files;
  paths.insert(paths.end(), options.scope_files.begin(), options.scope_files.end());
  paths.insert(paths.end(), options.exclude_files.begin(), options.exclude_files.end());
  if (!options.policy.file.empty()) paths.push_back(options.policy.file);
  return paths;
}

}  // namespace

std::optional<std::string> path_clash(const OutputOptions& output) {
  if (results_on_stdout(output) > 1) return "only one result can go to the standard output";
  Parts parts;
  give_outputs(parts, output);
  return parts.clash();
}

std::optional<std::string> path_clash(const ReportOptions& options) {
  if (auto clash = path_clash(options.output)) return clash;
  const std::string& policy = options.policy.file;
  if (policy == "-" && options.result == "-") return "the standard input can be read only once";
  Parts read;
  read.give(options.result, "the result to read");
  if (!options.history.empty()) read.give(options.history, "the history");
  if (read.clash()) return read.clash();
  Parts written;  // a result may be made again in its own place
  if (!options.history.empty()) written.give(options.history, "the history");
  if (!policy.empty() && policy != "-") written.give(policy, "the policy");
  give_outputs(written, options.output);
  return written.clash();
}

std::optional<std::string> path_clash(const HistoryOptions& options) {
  Parts parts;
  parts.give(options.history, "the history");
  give_outputs(parts, {.paths = {options.output}});
  return parts.clash();
}

std::optional<std::string> path_clash(const ScanOptions& options) {
  const auto inputs = inputs_of(options);
  if (std::count(inputs.begin(), inputs.end(), "-") > 1) return "the standard input can be read only once";
  if (auto clash = path_clash(options.output)) return clash;
  Parts parts;
  for (const auto& input : inputs)
    if (input != "-") parts.give_again(input, "an input");
  if (!options.baseline.empty()) parts.give(options.baseline, "the baseline");
  if (!options.history.empty()) parts.give(options.history, "the history");
  if (!options.journal.empty()) parts.give(options.journal, "the journal");
  give_outputs(parts, options.output);
  if (options.journal.empty()) give_own_journal(parts, options.output);
  return parts.clash();
}

std::optional<std::string> path_clash(const DiffOptions& options) {
  if (auto clash = path_clash(options.output)) return clash;
  Parts parts;
  parts.give_again(options.before, "a survey");
  parts.give_again(options.now, "a survey");
  give_outputs(parts, options.output);
  return parts.clash();
}

}  // namespace edgesurvey
