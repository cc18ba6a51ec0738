#include "cli/options/scan_command_line.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <random>

#include "cli/options/common_options.hpp"
#include "cli/options/value_parsers.hpp"
#include "reports/format.hpp"

namespace edgesurvey {
namespace {

constexpr std::uint64_t no_limit = std::numeric_limits<std::uint64_t>::max();

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
  add_probe_options(scan);
  add_dns_options(scan);
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

void ScanCommandLine::add_probe_options(CLI::App& scan) {
  const Group group(scan, "Pace and probing");
  add(scan, "--pace", pace_, "NAME", "How fast: polite, normal or fast");
  add(scan, "--rate", rate_, "N", "SYNs a second in all; 0 is unpaced");
  add(scan, "--host-rate", host_rate_, "N", "SYNs a second to one host; 0 is unpaced");
  add(scan, "--timeout", timeout_, "D",
      "The longest wait for one answer; over 1s also the shortest, the kernel resends the SYN, and the pace "
      "is charged for it");
  add(scan, "--patience", patience_, "D",
      "How long an answer that decides is waited for: of the CLS ports, the first service and the liveness "
      "check; a longer --timeout raises it");
  add(scan, "--retries", retries_, "N", "Further tries where silence would matter");
  add(scan, "--sample", sample_, "N|all",
      "Ports of 50000-59999 to ask, spread evenly; of 63 and more half where the rest decides nothing");
  add(scan, "--seed", seed_, "N", "Choose sample and control ports by this number (default: at random)");
  add(scan, "--max-in-flight", max_in_flight_, "N", "Probes awaiting an answer at once, at most");
}

void ScanCommandLine::add_dns_options(CLI::App& scan) {
  const Group group(scan, "DNS");
  add(scan, "--resolver", resolvers_, "IP[:PORT]", "Ask this name server; repeatable, asked in turn");
  add(scan, "--dns-timeout", dns_timeout_, "D", "The longest wait for one answer of a name server");
  auto* ipv4 = scan.add_flag("-4", ipv4_, "IPv4 only");
  scan.add_flag("-6", ipv6_, "IPv6 only")->excludes(ipv4);
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

void ScanCommandLine::finish_pace() {
  options_.pace = parse_pace(pace_);
  if (rate_ || host_rate_) options_.pace.name = "custom";
  if (rate_) options_.pace.rate = parse_rate("--rate", *rate_);
  if (host_rate_) options_.pace.host_rate = parse_rate("--host-rate", *host_rate_);
}

ScanOptions ScanCommandLine::finish() {
  finish_pace();
  options_.max_targets = parse_whole("--max-targets", max_targets_, 1, no_limit);
  options_.timeout = parse_duration("--timeout", timeout_);
  options_.patience = parse_duration("--patience", patience_);
  options_.retries = static_cast<unsigned>(parse_whole("--retries", retries_, 0, 10));
  options_.sample = parse_sample(sample_);
  options_.seed = seed_ ? parse_whole("--seed", *seed_, 0, no_limit) : std::random_device{}();
  options_.max_in_flight = parse_whole("--max-in-flight", max_in_flight_, 1, 1000000);
  options_.dns.servers = parse_resolvers(resolvers_);
  options_.dns.try_timeout =
      std::chrono::duration_cast<std::chrono::milliseconds>(parse_duration("--dns-timeout", dns_timeout_));
  options_.dns.deadline = options_.dns.try_timeout * 4;
  if (ipv4_) options_.dns.families = Families::ipv4_only;
  if (ipv6_) options_.dns.families = Families::ipv6_only;
  options_.progress = !no_progress_ && !options_.output.quiet;
  if (std::find(options_.targets.begin(), options_.targets.end(), "-") != options_.targets.end())
    throw CLI::ValidationError("'-' is not a target: to read targets from the standard input write -t -");
  if (options_.targets.empty() && options_.target_files.empty())
    throw CLI::ValidationError("no targets: name some, or give a file with -t FILE");
  return options_;
}

}  // namespace edgesurvey
