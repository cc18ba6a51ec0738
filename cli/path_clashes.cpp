#include "cli/path_clashes.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <vector>

#include "cli/outputs.hpp"
#include "cli/survey/input_file.hpp"
#include "reports/diff/diff_format.hpp"
#include "reports/format.hpp"
#include "reports/remediation/remediation.hpp"
#include "reports/survey/open_survey.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

namespace fs = std::filesystem;

// Whatever spelling: without "..", behind links. Of a file that is not there yet, as far as its folders are.
fs::path identity(const std::string& path) {
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(fs::absolute(path, error), error);
  return error ? fs::path(path) : whole;
}

// "-" may be a file all the same: `< edges.txt`.
std::string place_of(const std::string& path) {
  return path == "-" ? "/dev/stdin" : path;
}

// Which part every file has; a second part is a clash.
class Parts {
 public:
  void give(const std::string& path, const std::string& part) {
    if (clash_ || !takes_regular_file(place_of(path))) return;
    const auto [place, first] = given_.try_emplace(identity(place_of(path)), part);
    if (first) return;
    clash_ =
        input_in_words(path) + (place->second == part ? " is named twice as " + part
                                                      : " cannot be both " + place->second + " and " + part);
  }
  // The same part as often as you like.
  void give_again(const std::string& path, const std::string& part) {
    if (takes_regular_file(place_of(path))) given_.try_emplace(identity(place_of(path)), part);
  }
  const std::optional<std::string>& clash() const { return clash_; }

 private:
  std::map<fs::path, std::string> given_;
  std::optional<std::string> clash_;
};

// Whatever command it is: "-.ps1" is stdout to the one that knows it, and refused by the others.
bool is_standard_output(const std::string& path) {
  const auto is_stdout = [&](auto formats) {
    const auto destination = parse_destination(formats, path);
    return destination && destination->is_stdout;
  };
  return is_stdout(report_formats()) || is_stdout(diff::diff_formats()) || is_stdout(remediation_formats());
}

void give_outputs(Parts& parts, const OutputOptions& output) {
  for (const auto& path : output.paths)
    if (!is_standard_output(path)) parts.give(path, "a result (-o)");
}

// The journal that a run makes beside its first file (Outputs::first_file), and removes.
void give_own_journal(Parts& parts, const OutputOptions& output) {
  for (const auto& path : output.paths)
    if (!is_standard_output(path) && takes_regular_file(path))
      return parts.give(path + ".journal", "the run's own journal");
}

// What is read, and by which word of the command line it was named.
struct Input {
  std::string path;
  std::string word;
};

std::vector<Input> inputs_of(const ScanOptions& options) {
  std::vector<Input> inputs;
  const auto add = [&](const std::vector<std::string>& paths, const char* word) {
    for (const auto& path : paths) inputs.push_back({path, word});
  };
  add(options.target_files, "-t");
  add(options.scope_files, "--scope");
  add(options.exclude_files, "--exclude-file");
  if (!options.policy.file.empty()) add({options.policy.file}, "--policy");
  return inputs;
}

// A file may be read twice, which loses nothing; but of the standard input there is only one.
std::optional<std::string> stream_clash(const std::vector<Input>& inputs, const OutputOptions& output) {
  const Input* first = nullptr;
  for (const auto& input : inputs) {
    if (!is_standard_input(input.path)) continue;
    if (first != nullptr)
      return "the standard input can be read only once: it cannot be both " + first->word + " and " +
             (first->word == input.word ? "another " : "") + input.word;
    first = &input;
  }
  if (std::count_if(output.paths.begin(), output.paths.end(), is_standard_output) > 1)
    return "only one result can go to the standard output";
  return std::nullopt;
}

std::optional<std::string> clash_with_outputs(const std::string& input, const std::string& part,
                                              const OutputOptions& output) {
  if (auto clash = stream_clash({}, output)) return clash;
  Parts parts;
  parts.give(input, part);
  give_outputs(parts, output);
  return parts.clash();
}

}  // namespace

std::optional<std::string> path_clash(const ReportOptions& options) {
  const std::string& policy = options.policy.file;
  if (auto clash = stream_clash({{options.result, "RESULT"}, {policy, "--policy"}}, options.output))
    return clash;
  Parts read;
  read.give(options.result, "the result to read");
  if (!options.history.empty()) read.give(options.history, "the history");
  if (read.clash()) return read.clash();
  Parts written;  // a result may be made again in its own place
  if (!options.history.empty()) written.give(options.history, "the history");
  if (!policy.empty()) written.give(policy, "the policy");
  give_outputs(written, options.output);
  return written.clash();
}

std::optional<std::string> path_clash(const HistoryOptions& options) {
  return clash_with_outputs(options.history, "the history", options.output);
}

std::optional<std::string> path_clash(const RemediateOptions& options) {
  return clash_with_outputs(options.result, "the result to read", options.output);
}

std::optional<std::string> path_clash(const ScanOptions& options) {
  auto inputs = inputs_of(options);
  Parts parts;
  for (const auto& input : inputs) parts.give_again(input.path, "an input");
  if (!options.baseline.empty()) {
    inputs.push_back({options.baseline, "--baseline"});
    parts.give(options.baseline, "the baseline");
  }
  if (auto clash = stream_clash(inputs, options.output)) return clash;
  if (!options.history.empty()) parts.give(options.history, "the history");
  if (!options.journal.empty()) parts.give(options.journal, "the journal");
  give_outputs(parts, options.output);
  if (options.journal.empty()) give_own_journal(parts, options.output);
  return parts.clash();
}

std::optional<std::string> path_clash(const DiffOptions& options) {
  if (auto clash = stream_clash({{options.before, "OLD"}, {options.now, "NEW"}}, options.output))
    return clash;
  Parts parts;
  parts.give_again(options.before, "a survey");
  parts.give_again(options.now, "a survey");
  give_outputs(parts, options.output);
  return parts.clash();
}

}  // namespace edgesurvey
