// What edgesurvey can be told to do. Each command returns the process's exit status.
#pragma once

#include "cli/options.hpp"

namespace edgesurvey {

int run_scan(const ScanOptions& options);
int run_report(const ReportOptions& options);
int run_diff(const DiffOptions& options);
int run_history(const HistoryOptions& options);
int run_remediate(const RemediateOptions& options);
int run_schema(const SchemaOptions& options);

int run(const Options& options);

}  // namespace edgesurvey
