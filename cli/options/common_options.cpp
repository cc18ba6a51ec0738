#include "cli/options/common_options.hpp"

#include "cli/options/value_parsers.hpp"
#include "reports/text/terminal.hpp"

namespace edgesurvey {

std::string not_empty(const std::string& path) {
  return path.empty() ? "'' is no file: name one, or leave the option out" : "";
}

std::string lasting_file(const std::string& path) {
  return path == "-" ? "'-' is no file that is kept: name one, or write ./- if that is its name" : "";
}

void add_output_options(CLI::App& command, OutputOptions& output, const std::string& bare_stdout,
                        const std::string& other_stdout) {
  const Group group(command, "Output");
  std::string text = "Write a result here, in the format its ending names (see below); '-' is " +
                     bare_stdout + " on the standard output";
  if (!other_stdout.empty()) text += ", '-" + other_stdout + "' and so on another format there";
  add(command, "-o,--output", output.paths, "PATH", text + "; repeatable");
  auto* verbose = command.add_flag("-v,--verbose", output.verbose, "Say more on stderr");
  command.add_flag("-q,--quiet", output.quiet, "Say nothing but errors on stderr")->excludes(verbose);
}

void add_history_option(CLI::App& command, std::string& history) {
  const Group group(command, "Output");
  add(command, "--history", history, "FILE",
      "Add the run to this history (SQLite), made if it is not there; .html shows the trend")
      ->check(lasting_file);
}

void add_policy_options(CLI::App& command, PolicyOptions& policy) {
  const Group group(command, "Policy");
  auto* file = add(command, "--policy", policy.file, "FILE",
                   "Judge the hosts by this TOML file: what is expected of whom, what fails the run, what is "
                   "waived; exit with 1 if it is broken");
  command
      .add_option_function<std::vector<std::string>>(
          "--fail-on", [&policy](const auto& words) { policy.fail_on = parse_verdicts(words); },
          "The short form: exit with 1 if one of these verdicts is found")
      ->type_name("VERDICT,...")
      ->allow_extra_args(false)
      ->excludes(file);
}

std::string formats_of_output(const std::string& known_endings) {
  return paragraph("Formats of -o: " + known_endings + ".", 80);
}

}  // namespace edgesurvey
