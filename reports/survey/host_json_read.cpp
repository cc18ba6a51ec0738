#include <algorithm>
#include <bitset>
#include <limits>

#include "reports/survey/host_json.hpp"
#include "reports/text/port_list.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey {
namespace {

// An hour: no answer of the network takes longer, and no sum of such overflows.
constexpr std::uint64_t max_rtt_us = 3'600'000'000;

// What the default sample makes of a host; more are no harm.
constexpr std::size_t usual_ports = 80;

template <typename Source>
void read_state(const JsonCursor& json, Source& into) {
  into.state = json.member("state").parsed(parse_port_state, "a port state");
  into.reason = json.member("reason").parsed(parse_reason, "a reason");
}

Port read_port_number(const JsonCursor& json) {
  const auto port = json.as<Port>();
  if (port == 0) json.fail("0 is not a port");
  return port;
}

Duration read_rtt(const JsonCursor& json) {
  return std::chrono::microseconds(json.number(max_rtt_us));
}

Icmp read_icmp(const JsonCursor& json) {
  return {.type = json.member("type").as<std::uint8_t>(),
          .code = json.member("code").as<std::uint8_t>(),
          .from = json.member("from").parsed(Address::parse, "an address")};
}

PortEvidence read_port(const JsonCursor& json) {
  PortEvidence port;
  port.port = read_port_number(json.member("port"));
  port.role = json.member("role").parsed(parse_role, "a role");
  read_state(json, port);
  if (port.answered()) port.rtt = read_rtt(json.member("rtt_us"));
  port.attempts = json.member("attempts").as<std::uint8_t>();
  if (const auto icmp = json.find("icmp")) port.icmp = read_icmp(*icmp);
  return port;
}

void read_silent_rest(const JsonCursor& json, std::vector<PortEvidence>& ports) {
  PortEvidence port;
  port.role = json.member("role").parsed(parse_role, "a role");
  read_state(json, port);
  port.attempts = json.member("attempts").as<std::uint8_t>();
  const auto list = json.member("ports").parsed([](std::string_view text) { return parse_port_list(text); },
                                                "a list of ports");
  for (const Port number : list) {
    port.port = number;
    ports.push_back(port);
  }
}

void refuse_repeats(const JsonCursor& host, const std::vector<PortEvidence>& ports) {
  std::bitset<std::numeric_limits<Port>::max() + 1U> seen;
  for (const auto& port : ports) {
    if (seen[port.port]) host.fail("has port " + std::to_string(port.port) + " twice");
    seen.set(port.port);
  }
}

Recheck read_recheck(const JsonCursor& json) {
  Recheck recheck;
  recheck.port = read_port_number(json.member("port"));
  read_state(json, recheck);
  if (const auto peer = json.find("peer")) {
    recheck.peer = peer->parsed(parse_peer_act, "something a peer does");
  }
  recheck.attempts = json.member("attempts").as<std::uint8_t>();
  return recheck;
}

Evidence read_evidence(const JsonCursor& host) {
  Evidence evidence;
  evidence.address = host.member("address").parsed(Address::parse, "an address");
  host.member("cls").member("confirmed").each([&](const JsonCursor& recheck) {
    evidence.confirm.push_back(read_recheck(recheck));
  });
  if (const auto rtt = host.find("rtt_us")) evidence.syn_ack_rtts.push_back({read_rtt(*rtt)});
  evidence.ports.reserve(usual_ports);
  host.member("ports").each([&](const JsonCursor& port) { evidence.ports.push_back(read_port(port)); });
  host.member("extra").each([&](const JsonCursor& group) { read_silent_rest(group, evidence.ports); });
  refuse_repeats(host, evidence.ports);
  if (const auto bracket = host.find("bracket")) evidence.liveness = read_recheck(*bracket);
  return evidence;
}

RangeEstimate read_range(const JsonCursor& json) {
  RangeEstimate range;
  range.sampled = json.member("sampled").as<std::uint32_t>();
  range.answered = json.member("answered").as<std::uint32_t>();
  range.open = json.member("open").as<std::uint32_t>();
  if (range.answered > range.sampled) json.fail("has more answers than samples");
  if (const auto spans = json.find("spans")) {
    range.spans.emplace();
    spans->each([&](const JsonCursor& span) {
      range.spans->push_back(span.parsed(PortRange::parse, "a range like 50000-52999"));
    });
  }
  const auto share = json.find("share");
  if (!share) return range;
  std::vector<double> bounds;
  json.member("ci95").each([&](const JsonCursor& bound) { bounds.push_back(bound.decimal(0, 1)); });
  if (bounds.size() != 2 || bounds[0] > bounds[1]) json.member("ci95").fail("must be [low, high]");
  range.share = Interval{.share = share->decimal(0, 1), .low = bounds[0], .high = bounds[1]};
  return range;
}

void read_open_cls_ports(const JsonCursor& host, const Evidence& evidence, PortSet& open) {
  host.member("cls").member("open").each([&](const JsonCursor& json) {
    const Port number = read_port_number(json);
    const auto is_it = [number](const PortEvidence& p) { return p.role == Role::cls && p.port == number; };
    if (std::none_of(evidence.ports.begin(), evidence.ports.end(), is_it)) {
      json.fail(std::to_string(number) + " is not among this host's CLS ports");
    }
    open.insert(number);
  });
}

Judgement read_judgement(const JsonCursor& host, const Evidence& evidence) {
  Judgement judgement;
  judgement.verdict = host.member("verdict").parsed(parse_verdict, "a verdict");
  judgement.reason = host.member("reason").parsed(parse_verdict_reason, "a reason");
  if (verdict_of(judgement.reason) != judgement.verdict) {
    host.member("reason").fail_as("is no reason for " + std::string(to_string(judgement.verdict)));
  }
  host.member("reasons").each([&](const JsonCursor& reason) {
    judgement.reasons.push_back(reason.parsed(parse_verdict_reason, "a reason"));
  });
  judgement.confidence = host.member("confidence").parsed(parse_confidence, "a confidence");
  judgement.explanation = host.member("explanation").text();
  judgement.range = read_range(host.member("range"));
  read_open_cls_ports(host, evidence, judgement.cls_open);
  return judgement;
}

// More than any scan repeats a port for its RTT.
constexpr std::uint64_t max_repeats = 10000;

}  // namespace

HostReport read_host_json(const JsonCursor& host) {
  HostReport report;
  report.evidence = read_evidence(host);
  report.judgement = read_judgement(host, report.evidence);
  report.scanned_at = host.member("scanned_at").parsed(parse_iso8601, "a time like 2015-03-02T09:30:00.250Z");
  host.member("names").each([&](const JsonCursor& name) { report.names.emplace_back(name.text()); });
  // What the ports and rechecks do not account for went into measuring RTTs, or into checks that were made
  // again.
  const auto accounted = ledger_of(report.evidence).attempts;
  const auto attempts = host.member("attempts");
  if (attempts.number() < accounted) {
    attempts.fail("is " + std::to_string(attempts.number()) + ", but its probes add up to " +
                  std::to_string(accounted));
  }
  report.evidence.other_attempts =
      static_cast<std::uint32_t>(attempts.number(accounted + max_repeats) - accounted);
  return report;
}

}  // namespace edgesurvey
