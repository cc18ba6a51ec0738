#include "reports/small_survey.hpp"

#include "reports/survey/journal.hpp"
#include "reports/survey/open_survey.hpp"
#include "reports/temporary_folder.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey::testing {
namespace {

using std::chrono::microseconds;

PortEvidence judged(Port port, Role role, PortState state, Reason reason, int rtt_us = 0, int attempts = 1) {
  return {.port = port,
          .role = role,
          .state = state,
          .reason = reason,
          .rtt = microseconds(rtt_us),
          .attempts = static_cast<std::uint8_t>(attempts)};
}

PortEvidence silent(Port port, Role role, int attempts = 1) {
  return judged(port, role, PortState::filtered, Reason::no_response, 0, attempts);
}

PortEvidence refused(Port port, Role role, int rtt_us) {
  return judged(port, role, PortState::closed, Reason::conn_refused, rtt_us);
}

PortEvidence accepted(Port port, Role role, int rtt_us) {
  return judged(port, role, PortState::open, Reason::syn_ack, rtt_us);
}

constexpr std::array<Port, 4> controls{39973, 47120, 60411, 65001};
constexpr std::array<Port, 3> cls_ports{50001, 50002, 50003};

Port sample_port(int index) {
  return static_cast<Port>(50034 + index * 150);
}

void add(HostReport& host, std::initializer_list<PortEvidence> ports) {
  host.evidence.ports.insert(host.evidence.ports.end(), ports);
}

HostReport host_with_services(std::string_view text, std::string_view scanned_at) {
  HostReport host;
  host.evidence.address = address(text);
  host.scanned_at = at(scanned_at);
  add(host, {accepted(443, Role::service, 20480), silent(3478, Role::service, 2),
             accepted(5061, Role::service, 21000)});
  host.evidence.syn_ack_rtts = {{microseconds(20480)}, {microseconds(21000)}};
  host.evidence.liveness =
      Recheck{.port = 443, .state = PortState::open, .reason = Reason::syn_ack, .attempts = 1};
  return host;
}

void judge(HostReport& host, VerdictReason reason, Confidence confidence, std::string explanation) {
  host.judgement.verdict = verdict_of(reason);
  host.judgement.reason = reason;
  host.judgement.reasons = {reason};
  host.judgement.confidence = confidence;
  host.judgement.explanation = std::move(explanation);
}

void answer_range(HostReport& host, std::uint32_t answered, std::uint32_t sampled) {
  host.judgement.range = {
      .sampled = sampled, .answered = answered, .open = 0, .share = proportion(answered, sampled)};
}

TargetOutcome skipped(std::uint64_t index, SkipReason reason, std::string detail = {}) {
  return {.index = index, .addresses = {}, .skipped = reason, .detail = std::move(detail)};
}

void write_targets(JournalWriter& journal) {
  const auto tenth = address("192.0.2.10");
  journal.target(named_target("sip.contoso.example", 3, {{"org", "Contoso"}, {"role", "access edge"}}),
                 resolved(0, {tenth, address("2001:db8::10")}));
  journal.target(block_target("192.0.2.8/29", 4, {{"org", "=HYPERLINK(\"http://x\")"}}), resolved(1, {}));
  // The same address again, by a name that would be a formula, markup, an escape sequence and a turned text.
  journal.target(named_target("=cmd|'/C calc'!A0.<script>alert(1)</script>", 5), resolved(2, {tenth}));
  journal.target(named_target("\x1b[31mred\x07\xE2\x80\xAE.\xFF\"example", 6),
                 skipped(3, SkipReason::dns_failure, "SERVFAIL from 127.0.0.1"));
  journal.target(named_target("\xEF\xBC\x9D"
                              "full-width.example",
                              7),
                 skipped(4, SkipReason::nxdomain));
  journal.target(named_target("gone.example", 8), skipped(5, SkipReason::nxdomain));
  journal.target(named_target("meet.online.lync.com", 9), skipped(6, SkipReason::hosted_service));
  journal.target(named_target("b\xC3\xBC"
                              "cher.example",
                              10),
                 resolved(7, {address("2001:db8:aaaa:bbbb:cccc:dddd:eeee:10")}, "AAAA only: no A record"));
}

}  // namespace

TargetOutcome resolved(std::uint64_t index, std::vector<Address> addresses, std::string detail) {
  return {.index = index, .addresses = std::move(addresses), .skipped = {}, .detail = std::move(detail)};
}

Address address(std::string_view text) {
  return Address::parse(text).value();
}

WallTime at(std::string_view iso8601) {
  return parse_iso8601(iso8601).value();
}

HostReport quiet_host(std::string_view text) {
  auto host = host_with_services(text, "2015-03-02T09:30:03.000Z");
  for (const Port port : cls_ports) host.evidence.ports.push_back(silent(port, Role::cls, 3));
  for (const Port port : controls) host.evidence.ports.push_back(silent(port, Role::control));
  for (int i = 0; i < 64; ++i) host.evidence.ports.push_back(silent(sample_port(i), Role::sample));
  judge(host, VerdictReason::range_silent, Confidence::medium,
        "Nothing in 50000-59999 answered from here while 443 did.");
  answer_range(host, 0, 64);
  return host;
}

HostReport exposed_host(std::string_view text) {
  auto host = host_with_services(text, "2015-03-02T09:30:02.125Z");
  for (const Port port : cls_ports) {
    host.evidence.ports.push_back(accepted(port, Role::cls, 20500));
    host.evidence.confirm.push_back({.port = port,
                                     .state = PortState::open,
                                     .reason = Reason::syn_ack,
                                     .peer = PeerAct::idle,
                                     .attempts = 1});
    host.judgement.cls_open.insert(port);
  }
  for (const Port port : controls) host.evidence.ports.push_back(silent(port, Role::control));
  for (int i = 0; i < 64; ++i) {
    host.evidence.ports.push_back(i < 2 ? silent(sample_port(i), Role::sample)
                                        : refused(sample_port(i), Role::sample, 20600 + i));
  }
  judge(host, VerdictReason::cls_ports_open, Confidence::high,
        "50001, 50002 and 50003 accepted, and still did at the end.");
  host.judgement.reasons = {VerdictReason::cls_ports_open, VerdictReason::range_answers};
  answer_range(host, 62, 64);
  return host;
}

HostReport answering_host(std::string_view text) {
  auto host = host_with_services(text, "2015-03-02T09:30:04.000Z");
  for (const Port port : cls_ports) host.evidence.ports.push_back(refused(port, Role::cls, 20600));
  for (const Port port : controls) host.evidence.ports.push_back(silent(port, Role::control));
  for (int i = 0; i < 8; ++i) {
    host.evidence.ports.push_back(i % 3 == 0 ? silent(sample_port(i), Role::sample, 2)
                                             : refused(sample_port(i), Role::sample, 20700 + i));
  }
  judge(host, VerdictReason::range_answers, Confidence::medium,
        "5 of 8 sampled ports of 50000-59999 were refused by the host while 4 control ports outside stayed "
        "silent.");
  answer_range(host, 5, 8);
  return host;
}

HostReport rejected_host(std::string_view text) {
  auto host = host_with_services(text, "2015-03-02T09:30:05.000Z");
  const auto prohibited = [](Port port, Role role) {
    auto evidence = judged(port, role, PortState::filtered, Reason::admin_prohibited, 4100);
    evidence.icmp = Icmp{.type = 1, .code = 1, .from = address("2001:db8::fe")};
    return evidence;
  };
  for (const Port port : cls_ports) host.evidence.ports.push_back(prohibited(port, Role::cls));
  for (const Port port : controls) host.evidence.ports.push_back(prohibited(port, Role::control));
  for (int i = 0; i < 2; ++i) host.evidence.ports.push_back(prohibited(sample_port(i), Role::sample));
  judge(host, VerdictReason::range_rejected, Confidence::high,
        "Everything but the services was refused by 2001:db8::fe, inside 50000-59999 and outside.");
  answer_range(host, 0, 2);
  return host;
}

HostReport failed_host(std::string_view text) {
  HostReport host;
  host.evidence.address = address(text);
  host.scanned_at = at("2015-03-02T09:30:06.500Z");
  add(host, {judged(443, Role::service, PortState::unknown, Reason::local_error, 0, 3),
             judged(3478, Role::service, PortState::unknown, Reason::not_run, 0, 0),
             judged(5061, Role::service, PortState::unknown, Reason::not_run, 0, 0)});
  for (int i = 0; i < 4; ++i) {
    const auto reason = i < 1 ? Reason::local_error : Reason::not_run;
    host.evidence.ports.push_back(
        judged(sample_port(i), Role::sample, PortState::unknown, reason, 0, i < 1 ? 1 : 0));
  }
  judge(host, VerdictReason::local_error, Confidence::low, "This machine ran out of descriptors.");
  host.judgement.reasons = {VerdictReason::local_error, VerdictReason::interrupted};
  return host;
}

Target named_target(std::string_view text, std::size_t line, std::vector<Tag> tags) {
  return {.origin = {.source = "edges.txt", .line = line, .column = 1},
          .text = std::string(text),
          .what = HostName::parse("stands-for-any.example").value(),
          .tags = std::move(tags)};
}

Target block_target(std::string_view block, std::size_t line, std::vector<Tag> tags) {
  auto target = named_target(block, line, std::move(tags));
  target.what = AddressBlock::parse(block).value();
  return target;
}

RunFacts small_run() {
  return {.tool_version = "0.1.0",
          .started = at("2015-03-02T09:30:00.000Z"),
          .finished = at("2015-03-02T09:30:07.000Z"),
          .arguments = {"scan", "-t", "edges.txt", "-o", "result.json"},
          .seed = 42,
          .pace = "normal",
          .rate = 500,
          .host_rate = 4,
          .vantage = "jump-box",
          .complete = true};
}

void write_small_journal(const std::string& path, Ending ending, const Policy* policy) {
  JournalWriter journal(path, small_run(), policy);
  journal.host(quiet_host("192.0.2.9"));  // hosts are judged in any order, and before their block's outcome
  write_targets(journal);
  journal.host(answering_host("192.0.2.12"));
  journal.host(exposed_host("192.0.2.10"));
  journal.host(rejected_host("2001:db8::10"));
  if (ending == Ending::unfinished) return;
  journal.host(exposed_host("2001:db8:aaaa:bbbb:cccc:dddd:eeee:10"));
  journal.host(failed_host("192.0.2.15"));
  journal.finish(small_run());
}

std::unique_ptr<SurveySource> small_survey(Ending ending) {
  const TemporaryFolder folder;
  write_small_journal(folder / "run.journal", ending);
  return open_survey(folder / "run.journal");
}

}  // namespace edgesurvey::testing
