#include <spdlog/spdlog.h>

#include <array>
#include <filesystem>
#include <iostream>
#include <optional>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/exit_status.hpp"
#include "reports/endings.hpp"
#include "reports/numbers.hpp"
#include "reports/open_survey.hpp"
#include "reports/remediation/remediation.hpp"
#include "reports/report_error.hpp"
#include "targets/text.hpp"

namespace edgesurvey {
namespace {

struct Form {
  std::string_view ending;
  std::string (*text_of)(const Remediation& remediation);
};
constexpr std::array forms{Form{".ps1", remediation_script}, Form{".md", remediation_note},
                           Form{".txt", remediation_note}};

struct Output {
  std::string path;
  bool is_stdout = false;  // "-", "-.md"
  const Form* form = nullptr;
};

std::optional<Output> output_of(const std::string& path) {
  if (path == "-") return Output{.path = path, .is_stdout = true, .form = forms.data()};
  const Form* form = format_of(forms, path);
  if (form == nullptr) return std::nullopt;
  return Output{.path = path, .is_stdout = is_stdout_with(path, form->ending), .form = form};
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return std::filesystem::equivalent(a, b, error) && std::filesystem::is_regular_file(a, error);
}

// nullopt after saying on stderr which path is wrong and why.
std::optional<std::vector<Output>> outputs_of(const RemediateOptions& options) {
  if (options.output.paths.empty()) return std::vector{*output_of("-")};
  std::vector<Output> outputs;
  bool stdout_taken = false;
  for (const auto& path : options.output.paths) {
    const auto output = output_of(path);
    std::string why;
    if (!output)
      why = "the ending says what to write: .ps1 the script for the Edge, .md or .txt the note";
    else if (output->is_stdout && stdout_taken)
      why = "only one can go to the standard output";
    else if (!output->is_stdout && is_same_file(path, options.result))
      why = "is the result itself";
    if (!why.empty()) {
      std::cerr << "edgesurvey: -o " << printable(path) << ": " << why << '\n';
      return std::nullopt;
    }
    stdout_taken = stdout_taken || output->is_stdout;
    outputs.push_back(*output);
  }
  return outputs;
}

void write(const Output& output, const std::string& text) {
  write_output(output.path, output.is_stdout, [&](std::ostream& out) { out << text; });
  if (!output.is_stdout) spdlog::info("wrote {}", printable(output.path));
}

bool write_all(const std::vector<Output>& outputs, const Remediation& remediation) {
  bool written = true;
  for (const auto& output : outputs) {
    try {
      write(output, output.form->text_of(remediation));
    } catch (const WriteError& error) {
      spdlog::error("{}", error.what());
      written = false;
    }
  }
  return written;
}

}  // namespace

int run_remediate(const RemediateOptions& options) {
  set_up_logging(options.output.quiet, options.output.verbose, nullptr);
  const auto outputs = outputs_of(options);
  if (!outputs) return exit_usage;
  try {
    const auto survey = open_survey(options.result);
    const auto remediation = remediation_of(*survey, options.result);
    if (!remediation.run.complete)
      spdlog::warn("{} is not complete: exposed hosts may be missing", edgesurvey::quoted(options.result));
    if (remediation.exposed.empty()) {
      spdlog::info("no host of {} is cls-exposed: there is nothing to remediate, and nothing was written",
                   edgesurvey::quoted(options.result));
      return exit_done;
    }
    return write_all(*outputs, remediation) ? exit_done : exit_not_written;
  } catch (const ReadError& error) {
    spdlog::error("{}", error.what());
    return exit_usage;
  }
}

}  // namespace edgesurvey
