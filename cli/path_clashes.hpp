// One file in two parts: a result over the target list, the standard input read twice. Found before anything
// is read, since each would lose something silently.
#pragma once

#include <optional>
#include <string>

#include "cli/options/exit_status.hpp"
#include "cli/options/options.hpp"

namespace edgesurvey {

// What is wrong, for people; nullopt when every file has one part. Special files (/dev/null) may have many.
std::optional<std::string> path_clash(const ScanOptions& options);
std::optional<std::string> path_clash(const DiffOptions& options);
std::optional<std::string> path_clash(const ReportOptions& options);
std::optional<std::string> path_clash(const HistoryOptions& options);
std::optional<std::string> path_clash(const RemediateOptions& options);

// Throws UsageError where there is one.
template <typename CommandOptions>
void refuse_path_clashes(const CommandOptions& options) {
  if (const auto clash = path_clash(options)) throw UsageError(*clash);
}

}  // namespace edgesurvey
