#include "cli/options/options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "cli/options/command_lines.hpp"
#include "cli/options/exit_status.hpp"
#include "cli/options/help.hpp"
#include "cli/options/scan_command_line.hpp"
#include "cli/options/usage_error.hpp"
#include "cli/options/value_parsers.hpp"
#include "cli/terminal/console.hpp"

namespace edgesurvey {
namespace {

constexpr const char* about =
    "Tells from outside whether a Lync / Skype for Business Edge exposes its Centralised Logging Service "
    "(TCP "
    "50001-50003), whether the firewall passes the media range 50000-59999, or neither.";

constexpr const char* version = "edgesurvey " EDGESURVEY_VERSION;

constexpr const char* inquiry_topic = "inquiry";

// "help scan" is "scan --help", and "help scann" the mistake that "scann" is.
Options parse_help(const CLI::App& app, const std::string& command) {
  const bool known =
      !app.get_subcommands([&](const CLI::App* each) { return each->get_name() == command; }).empty();
  std::vector<const char*> argv{"edgesurvey"};
  if (!command.empty()) argv.push_back(command.c_str());
  if (command.empty() || known) argv.push_back("--help");
  return parse_options(static_cast<int>(argv.size()), argv.data());
}

int show(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) {  // --help, --version
    app.exit(error, std::cout, std::cerr);
    return stdout_arrived() ? exit_done : exit_not_written;
  }
  const auto command = app.get_subcommands();
  std::cerr << "edgesurvey: " << explain_usage_error(app, error) << "\nTry edgesurvey "
            << (command.empty() ? "" : command.front()->get_name() + " ") << "--help\n";
  return exit_usage;
}

}  // namespace

const char* program_version() {
  return EDGESURVEY_VERSION;
}

Options parse_options(int argc, const char* const* argv) {
  CLI::App app{about, "edgesurvey"};
  app.formatter(std::make_shared<HelpFormatter>());
  app.set_help_flag("-h,--help", "Show this help");
  app.set_version_flag("-V,--version", version, "Show the version");
  app.footer("edgesurvey COMMAND --help tells a command's options.");
  app.require_subcommand(1);

  CLI::App* scan = app.add_subcommand("scan", "Probe targets and report what they expose");
  ScanCommandLine scan_line(*scan);

  ReportOptions report_options;
  CLI::App* report = app.add_subcommand("report", "Make reports again from a result or a journal");
  add_report_options(*report, report_options);

  DiffOptions diff_options;
  CLI::App* diff = app.add_subcommand("diff", "Tell what changed between two results");
  add_diff_options(*diff, diff_options);

  HistoryOptions history_options;
  CLI::App* history = app.add_subcommand("history", "Show the trend of a survey, or the timeline of a host");
  add_history_options(*history, history_options);

  RemediateOptions remediate_options;
  CLI::App* remediate =
      app.add_subcommand("remediate", "Make the script that blocks exposed CLS ports on the Edge");
  add_remediate_options(*remediate, remediate_options);

  std::string schema_name = "result";
  CLI::App* schema = app.add_subcommand("schema", "Print the JSON Schema of results or of diffs");
  schema->add_option("SCHEMA", schema_name, "result or diff")->default_str(schema_name);

  std::string help_for;
  CLI::App* help =
      app.add_subcommand("help", "Show the help of a command, or what a host is asked: help inquiry");
  help->add_option("COMMAND", help_for, "The command, or inquiry; without one the commands are listed");
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    command->set_version_flag("-V,--version", version, "Show the version")->group("");

  try {
    app.parse(argc, argv);
    if (help->parsed() && help_for == inquiry_topic) return InquiryOptions{};
    if (help->parsed()) return parse_help(app, help_for);
    if (schema->parsed()) return SchemaOptions{.of_diff = parse_schema_name(schema_name)};
    if (diff->parsed()) return diff_options;
    if (report->parsed()) return report_options;
    if (remediate->parsed()) return remediate_options;
    if (history->parsed()) {
      if (!history_options.history.empty()) return history_options;
      throw CLI::ValidationError("no history: give one with --history FILE or in EDGESURVEY_HISTORY");
    }
    ScanOptions options = scan_line.finish();
    options.arguments.assign(argv + 1, argv + argc);
    return options;
  } catch (const CLI::ParseError& error) {
    return LeaveWith{show(app, error)};
  }
}

}  // namespace edgesurvey
