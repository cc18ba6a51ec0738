// Words of `edgesurvey scan` that become values only when the whole line is parsed. A type for each kind: it
// adds its options to the command, which keeps references to it, and converts what was given. Texts with a
// value here are the defaults that the help shows. All conversions throw CLI::ValidationError.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/options/options.hpp"

namespace edgesurvey {

class PaceWords {
 public:
  void add_to(CLI::App& scan);
  PaceOptions value() const;

 private:
  std::string pace_ = "normal";
  std::optional<std::string> rate_;
  std::optional<std::string> host_rate_;
};

class ProbeWords {
 public:
  void add_to(CLI::App& scan);
  // timeout, patience, retries, sample, seed and max_in_flight.
  void set(ScanOptions& options) const;

 private:
  std::string timeout_ = "950ms";
  std::string patience_ = "3s";
  std::string retries_ = "2";
  std::string sample_ = "64";
  std::optional<std::string> seed_;
  std::string max_in_flight_ = "20000";
};

class DnsWords {
 public:
  void add_to(CLI::App& scan);
  ResolverOptions value() const;

 private:
  std::vector<std::string> resolvers_;
  std::string timeout_ = "2s";
  bool ipv4_ = false;
  bool ipv6_ = false;
};

}  // namespace edgesurvey
