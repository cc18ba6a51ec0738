// The options of `edgesurvey scan`: their names and help, and their words checked and made values.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/options/options.hpp"
#include "cli/options/scan_words.hpp"

namespace edgesurvey {

class ScanCommandLine {
 public:
  // Both must outlive the parse.
  explicit ScanCommandLine(CLI::App& scan);
  ScanCommandLine(const ScanCommandLine&) = delete;
  ScanCommandLine& operator=(const ScanCommandLine&) = delete;
  ~ScanCommandLine() = default;

  // What was parsed. Throws CLI::ValidationError, saying which word is wrong and what to write instead.
  ScanOptions finish();

 private:
  void add_target_options(CLI::App& scan);
  void add_run_options(CLI::App& scan);

  ScanOptions options_;
  PaceWords pace_;
  ProbeWords probing_;
  DnsWords dns_;
  std::string max_targets_ = "1048576";
  bool no_progress_ = false;
};

}  // namespace edgesurvey
