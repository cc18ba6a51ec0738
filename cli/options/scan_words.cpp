#include "cli/options/scan_words.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <random>

#include "cli/options/common_options.hpp"
#include "cli/options/value_parsers.hpp"

namespace edgesurvey {
namespace {

constexpr const char* pace_and_probing = "Pace and probing";

}  // namespace

void PaceWords::add_to(CLI::App& scan) {
  const Group group(scan, pace_and_probing);
  add(scan, "--pace", pace_, "NAME", "How fast: polite, normal or fast");
  add(scan, "--rate", rate_, "N", "SYNs a second in all; 0 is unpaced");
  add(scan, "--host-rate", host_rate_, "N", "SYNs a second to one host; 0 is unpaced");
}

PaceOptions PaceWords::value() const {
  PaceOptions pace = parse_pace(pace_);
  if (rate_ || host_rate_) pace.name = "custom";
  if (rate_) pace.rate = parse_rate("--rate", *rate_);
  if (host_rate_) pace.host_rate = parse_rate("--host-rate", *host_rate_);
  return pace;
}

void ProbeWords::add_to(CLI::App& scan) {
  const Group group(scan, pace_and_probing);
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

void ProbeWords::set(ScanOptions& options) const {
  options.timeout = parse_duration("--timeout", timeout_);
  options.patience = parse_duration("--patience", patience_);
  options.retries = static_cast<unsigned>(parse_whole("--retries", retries_, 0, 10));
  options.sample = parse_sample(sample_);
  options.seed = seed_ ? parse_whole("--seed", *seed_, 0, std::numeric_limits<std::uint64_t>::max())
                       : std::random_device{}();
  options.max_in_flight = parse_whole("--max-in-flight", max_in_flight_, 1, 1000000);
}

void DnsWords::add_to(CLI::App& scan) {
  const Group group(scan, "DNS");
  add(scan, "--resolver", resolvers_, "IP[:PORT]", "Ask this name server; repeatable, asked in turn");
  add(scan, "--dns-timeout", timeout_, "D", "The longest wait for one answer of a name server");
  auto* ipv4 = scan.add_flag("-4", ipv4_, "IPv4 only");
  scan.add_flag("-6", ipv6_, "IPv6 only")->excludes(ipv4);
}

ResolverOptions DnsWords::value() const {
  ResolverOptions dns;
  dns.servers = parse_resolvers(resolvers_);
  dns.try_timeout =
      std::chrono::duration_cast<std::chrono::milliseconds>(parse_duration("--dns-timeout", timeout_));
  dns.deadline = dns.try_timeout * 4;
  if (ipv4_) dns.families = Families::ipv4_only;
  if (ipv6_) dns.families = Families::ipv6_only;
  return dns;
}

}  // namespace edgesurvey
