// What edgesurvey can be told to do. Each command returns the process's exit status.
#pragma once

#include "cli/options.hpp"

namespace edgesurvey {

int run_scan(const ScanOptions& options);
int run_report(const ReportOptions& options);
int run_history(const HistoryOptions& options);
int run_schema();

int run(const Options& options);

}  // namespace edgesurvey
