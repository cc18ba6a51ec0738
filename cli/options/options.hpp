// The command line as values. parse_options() checks every word; whatever it lets through can be carried out.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scanner/judging/verdict.hpp"
#include "scanner/sample.hpp"
#include "scanner/time.hpp"
#include "targets/dns/resolver_options.hpp"

namespace edgesurvey {

struct OutputOptions {
  std::vector<std::string> paths;  // -o; the ending names the format, "-" is stdout
  bool quiet = false;
  int verbose = 0;  // how often -v was given: twice names each probe
};

// What the hosts are measured by; at most one of the two is given.
struct PolicyOptions {
  std::string file;              // --policy; "-" is stdin
  std::vector<Verdict> fail_on;  // --fail-on, the short form

  bool given() const { return !file.empty() || !fail_on.empty(); }
};

struct PaceOptions {
  std::string name = "normal";
  double rate = 500;     // SYNs/s in all, 0: unpaced
  double host_rate = 4;  // SYNs/s to one host, 0: unpaced
};

struct ScanOptions {
  std::vector<std::string> targets;       // as arguments
  std::vector<std::string> target_files;  // "-" is stdin
  std::uint64_t max_targets = 0;

  std::vector<std::string> scope_files;
  std::vector<std::string> exclude;
  std::vector<std::string> exclude_files;
  bool allow_internal = false;

  PaceOptions pace;
  Duration timeout{};   // longest wait for one answer
  Duration patience{};  // wait for an answer that decides
  unsigned retries = 0;
  std::size_t sample = 0;  // whole_range: every port
  std::uint64_t seed = 0;
  std::size_t max_in_flight = 0;

  ResolverOptions dns;
  PolicyOptions policy;
  std::string baseline;  // a result or journal to compare with; empty: none
  bool fail_on_worse = false;
  bool dry_run = false;
  bool resolve = false;  // with dry_run: ask DNS
  bool progress = true;
  std::string history;  // empty: none is kept
  std::string journal;  // empty: beside the first result, removed when all are written
  std::string vantage;
  OutputOptions output;
  std::vector<std::string> arguments;  // argv as given, for the record
};

struct ReportOptions {
  std::string result;
  std::string history;   // empty: none is kept
  PolicyOptions policy;  // instead of the one the result was judged by
  OutputOptions output;
};

struct RemediateOptions {
  std::string result;
  OutputOptions output;  // paths: .ps1, .md or .txt
};

struct DiffOptions {
  std::string before;
  std::string now;
  OutputOptions output;
};

struct HistoryOptions {
  std::string history;
  std::string host;  // a name or an address; empty: the trend of the survey
  OutputOptions output;
};

struct SchemaOptions {
  bool of_diff = false;  // else of results
};

// `help inquiry`: what a host is asked.
struct InquiryOptions {};

// --help, --version, or a mistake: already shown, nothing to do but leave.
struct LeaveWith {
  int status = 0;
};

using Options = std::variant<LeaveWith, ScanOptions, ReportOptions, DiffOptions, HistoryOptions,
                             RemediateOptions, SchemaOptions, InquiryOptions>;

// Shows help and errors itself (stdout and stderr).
Options parse_options(int argc, const char* const* argv);

// "0.1.0"
const char* program_version();

}  // namespace edgesurvey
