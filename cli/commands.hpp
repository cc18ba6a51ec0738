// What edgesurvey can be told to do. Each command returns the process's exit status, or throws UsageError,
// ReadError or WriteError for what ends it.
#pragma once

#include "cli/options/options.hpp"

namespace edgesurvey {

int run_scan(const ScanOptions& options);
int run_report(const ReportOptions& options);
int run_diff(const DiffOptions& options);
int run_history(const HistoryOptions& options);
int run_remediate(const RemediateOptions& options);
int run_schema(const SchemaOptions& options);
int run_inquiry_help();

// The command asked for. Says on stderr what ended it, and has the exit status for that.
int run(const Options& options);

}  // namespace edgesurvey
