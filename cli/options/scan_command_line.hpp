// The options of `edgesurvey scan`: their names and help, and their words checked and made values.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/options/options.hpp"

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
  void add_probe_options(CLI::App& scan);
  void add_dns_options(CLI::App& scan);
  void add_run_options(CLI::App& scan);
  void finish_pace();

  ScanOptions options_;

  // Words that become values when all are known. Texts with a value here are the defaults shown.
  std::string max_targets_ = "1048576";
  std::string pace_ = "normal";
  std::optional<std::string> rate_;
  std::optional<std::string> host_rate_;
  std::string timeout_ = "950ms";
  std::string patience_ = "3s";
  std::string retries_ = "2";
  std::string sample_ = "64";
  std::optional<std::string> seed_;
  std::string max_in_flight_ = "20000";
  std::vector<std::string> resolvers_;
  std::string dns_timeout_ = "2s";
  bool ipv4_ = false;
  bool ipv6_ = false;
  bool no_progress_ = false;
};

}  // namespace edgesurvey
