#include "cli/options/scan_command_line.hpp"

#include <algorithm>
#include <limits>

#include "cli/options/common_options.hpp"
#include "cli/options/value_parsers.hpp"
#include "reports/format.hpp"

namespace edgesurvey {
namespace {

constexpr const char* footer =
    R"(Targets, as arguments or a line each in files: a name, an address, a CIDR block
or a range (192.0.2.10-20); in files key=value tags may follow, and # comments.
One of the files to read may be '-', the standard input.

Pace, in SYNs a second in all and to one host:
  polite  50 and 1
  normal  500 and 4
  fast    10,000 and 100

Exit status:
  0    done
  1    the policy or --fail-on is broken, or a host is worse (--fail-on-worse)
  2    usage or bad input; nothing was probed
  3    incomplete, for our own fault
  4    a result, or the history, could not be written
  130  interrupted; results were still written

Probe only what you own or are asked to test.)";

}  // namespace

ScanCommandLine::ScanCommandLine(CLI::App& scan) {
  add_target_options(scan);
  add_output_options(scan, options_.output, report_formats());
  scan.get_option("--verbose")->description("Say more on stderr; given twice, name each probe");
  add_history_option(scan, options_.history);
  add_policy_options(scan, options_.policy);
  pace_.add_to(scan);
  probing_.add_to(scan);
  dns_.add_to(scan);
  add_run_options(scan);
  scan.footer(formats_of_output(known_endings(report_formats())) + "\n\n" + footer);
}

void ScanCommandLine::add_target_options(CLI::App& scan) {
  const Group group(scan, "Targets");
  scan.add_option("TARGET", options_.targets, "Names, addresses, blocks or ranges");
  add(scan, "-t,--targets", options_.target_files, "FILE",
      "Read targets from a file; '-' is the standard input; repeatable");
  add(scan, "--scope", options_.scope_files, "FILE",
      "Probe nothing outside this file's blocks, wherever DNS leads; names in it need blocks beside them; "
      "repeatable");
  add(scan, "--exclude", options_.exclude, "X", "Never probe this name, address or block; repeatable");
  add(scan, "--exclude-file", options_.exclude_files, "FILE", "Never probe what this file lists; repeatable");
  scan.add_flag("--allow-internal", options_.allow_internal,
                "Let names lead to private, loopback or link-local addresses");
  add(scan, "--max-targets", max_targets_, "N", "Refuse lists that expand to more addresses");
}

void ScanCommandLine::add_run_options(CLI::App& scan) {
  const Group group(scan, "Run");
  add(scan, "--baseline", options_.baseline, "OLD",
      "Tell what changed since this result or journal (see edgesurvey diff --help)");
  scan.add_flag("--fail-on-worse", options_.fail_on_worse,
                "Exit with 1 if something is worse than in the baseline")
      ->needs("--baseline");
  scan.add_flag("--dry-run", options_.dry_run,
                "Say what would be probed and how long it should take; send nothing");
  scan.add_flag("--resolve", options_.resolve, "With --dry-run: do ask DNS")->needs("--dry-run");
  scan.add_flag("--no-progress", no_progress_, "No progress on stderr");
  add(scan, "--journal", options_.journal, "FILE",
      "Keep the run's journal here; edgesurvey report makes results from it")
      ->check(lasting_file);
  add(scan, "--vantage", options_.vantage, "TEXT",
      "Where this scan is made from, for the record (default: this host's name)");
}

ScanOptions ScanCommandLine::finish() {
  options_.pace = pace_.value();
  options_.max_targets =
      parse_whole("--max-targets", max_targets_, 1, std::numeric_limits<std::uint64_t>::max());
  probing_.set(options_);
  options_.dns = dns_.value();
  options_.progress = !no_progress_ && !options_.output.quiet;
  if (std::find(options_.targets.begin(), options_.targets.end(), "-") != options_.targets.end())
    throw CLI::ValidationError("'-' is not a target: to read targets from the standard input write -t -");
  if (options_.targets.empty() && options_.target_files.empty())
    throw CLI::ValidationError("no targets: name some, or give a file with -t FILE");
  return options_;
}

}  // namespace edgesurvey
