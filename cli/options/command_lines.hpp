// The options of the commands that read results, and the foot of their help: formats and exit statuses.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/options/options.hpp"

namespace edgesurvey {

// options must outlive the app.
void add_report_options(CLI::App& report, ReportOptions& options);
void add_diff_options(CLI::App& diff, DiffOptions& options);
void add_history_options(CLI::App& history, HistoryOptions& options);
void add_remediate_options(CLI::App& remediate, RemediateOptions& options);

}  // namespace edgesurvey
