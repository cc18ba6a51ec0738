#include "scanner/judging/classify.hpp"

#include <functional>
#include <string>
#include <vector>

#include "scanner/evidence_maker.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

struct Example {
  std::string name;  // a row of the design's tables, or a network that was met
  Evidence evidence;
  std::string verdict;
  std::string reason;
  std::string confidence;
};

// A host that accepts on 443; what its groups answer otherwise.
EvidenceMaker host(const Answer& cls, const Answer& controls, const Answer& sample) {
  EvidenceMaker maker;
  maker.some(Role::service, 1, syn_ack()).rest(Role::service, silence());
  maker.all(Role::cls, cls).all(Role::control, controls).all(Role::sample, sample);
  return maker;
}

// The same, with `count` ports of one role answering otherwise than their group.
EvidenceMaker host_but(Role role, std::size_t count, const Answer& other, const Answer& cls,
                       const Answer& controls, const Answer& sample) {
  EvidenceMaker maker;
  maker.some(Role::service, 1, syn_ack()).rest(Role::service, silence()).some(role, count, other);
  maker.rest(Role::cls, cls).rest(Role::control, controls).rest(Role::sample, sample);
  return maker;
}

EvidenceMaker group(const Answer& everywhere) {
  EvidenceMaker maker;
  for (const Role role : {Role::service, Role::cls, Role::control, Role::sample}) maker.all(role, everywhere);
  return maker;
}

void check(const std::vector<Example>& examples) {
  for (const auto& example : examples) {
    const Judgement judgement = classify(example.evidence);
    INFO(example.name << ": " << judgement.explanation);
    CHECK(to_string(judgement.verdict) == example.verdict);
    CHECK(to_string(judgement.reason) == example.reason);
    CHECK(to_string(judgement.confidence) == example.confidence);
  }
}

const Answer quiet = silence();
const Answer prohibited = icmp(Reason::admin_prohibited);
const Answer port_unreachable = icmp(Reason::port_unreach);

}  // namespace

TEST_CASE("Hosts with the logging service are exposed, whatever stands around it") {
  check({
      {"A: stealth mode", host(syn_ack(), quiet, quiet).finished().evidence, "cls-exposed", "cls-ports-open",
       "high"},
      {"B: stealth mode off", host(syn_ack(), quiet, rst()).finished().evidence, "cls-exposed",
       "cls-ports-open", "high"},
      {"CLS let through alone", host(syn_ack(), prohibited, prohibited).finished().evidence, "cls-exposed",
       "cls-ports-open", "high"},
      {"D around CLS: RST from a firewall",
       host(syn_ack(), rst(front_rtt), rst(front_rtt)).finished().evidence, "cls-exposed", "cls-ports-open",
       "high"},
      {"E: no firewall at all", host(syn_ack(), rst(), rst()).finished().evidence, "cls-exposed",
       "cls-ports-open", "high"},
      {"two of three ports", host_but(Role::cls, 2, syn_ack(), quiet, quiet, quiet).finished().evidence,
       "cls-exposed", "some-cls-ports-open", "high"},
      {"one of three ports, in a range without a relay port",
       host_but(Role::cls, 1, syn_ack(), quiet, quiet, quiet).finished().evidence, "cls-exposed",
       "some-cls-ports-open", "medium"},
      {"three at first, two at the end", host(syn_ack(), quiet, quiet).finished(2).evidence, "cls-exposed",
       "some-cls-ports-open", "high"},
      {"all three beside a busy relay",
       host_but(Role::sample, 6, syn_ack(), syn_ack(), quiet, quiet).finished().evidence, "cls-exposed",
       "cls-ports-open", "high"},
      {"all three beside a relay that holds a third of the range",
       host_but(Role::sample, 22, syn_ack(), syn_ack(), quiet, quiet).finished().evidence, "cls-exposed",
       "cls-ports-open", "high"},
      {"a lost SYN to a control",
       host_but(Role::control, 1, local_error(), syn_ack(), quiet, quiet).finished().evidence, "cls-exposed",
       "cls-ports-open", "medium"},
  });
}

TEST_CASE("Open CLS ports that a relay explains are relay ports") {
  check({
      {"a busy relay with one CLS port open",
       host_but(Role::sample, 10, syn_ack(), quiet, quiet, quiet).evidence, "media-range-open",
       "relay-port-open", "high"},
      {"a relay that holds more than half of the range, all three CLS ports among it",
       host_but(Role::sample, 34, syn_ack(), syn_ack(), quiet, quiet).finished().evidence, "media-range-open",
       "relay-port-open", "low"},
      {"something that accepts in the range alone", host(syn_ack(), quiet, syn_ack()).finished().evidence,
       "media-range-open", "relay-port-open", "low"},
      {"a CLS port that vanished",
       host_but(Role::cls, 1, syn_ack(), quiet, quiet, quiet).finished(0).evidence, "media-range-open",
       "relay-port-open", "low"},
      {"a single relay port", host_but(Role::sample, 1, syn_ack(), quiet, quiet, quiet).finished().evidence,
       "media-range-open", "relay-port-open", "medium"},
  });
  EvidenceMaker busy;
  busy.some(Role::service, 1, syn_ack()).rest(Role::service, quiet);
  busy.some(Role::cls, 1, syn_ack()).rest(Role::cls, quiet).all(Role::control, quiet);
  busy.some(Role::sample, 10, syn_ack()).rest(Role::sample, quiet);
  check({{"one of 3 CLS ports and 10 of 64 sampled ones", busy.finished().evidence, "media-range-open",
          "relay-port-open", "high"}});
}

TEST_CASE("A range that refuses where the rest is silent is passed by the perimeter") {
  check({
      {"B without CLS", host(rst(), quiet, rst()).finished().evidence, "media-range-open", "range-answers",
       "high"},
      {"B behind a perimeter that rejects the rest by ICMP",
       host(rst(), prohibited, rst()).finished().evidence, "media-range-open", "range-answers", "high"},
      {"B behind a perimeter that rejects the rest by RST",
       host(rst(), rst(front_rtt), rst()).finished().evidence, "media-range-open", "range-answers", "high"},
      {"an eighth of the range", host_but(Role::sample, 8, rst(), quiet, quiet, quiet).finished().evidence,
       "media-range-open", "range-answers", "high"},
      {"an opening wider than the range: two near controls answer",
       host_but(Role::control, 2, rst(), rst(), quiet, rst()).finished().evidence, "media-range-open",
       "range-answers", "medium"},
      {"one refused port in the whole range",
       host_but(Role::sample, 1, rst(), quiet, quiet, quiet).finished().evidence, "media-range-open",
       "range-answers", "medium"},
      {"no service answers",
       EvidenceMaker()
           .all(Role::service, quiet)
           .all(Role::cls, rst())
           .all(Role::control, quiet)
           .all(Role::sample, rst())
           .finished()
           .evidence,
       "media-range-open", "range-answers", "high"},
      {"RTTs not measured, for the kernel had resent the SYN",
       host(quiet, quiet, rst(Duration::zero())).finished().evidence, "media-range-open", "range-answers",
       "high"},
  });
}

TEST_CASE("A perimeter that passes part of the range and rejects the rest by RST is no closed one") {
  for (const std::size_t passed : {6U, 20U, 40U}) {
    EvidenceMaker part = host(rst(front_rtt), rst(front_rtt), rst(front_rtt));
    std::vector<PortEvidence*> sample;
    for (auto& port : part.evidence.ports)
      if (port.role == Role::sample) sample.push_back(&port);
    std::sort(sample.begin(), sample.end(), [](auto* a, auto* b) { return a->port < b->port; });
    for (std::size_t i = 10; i < 10 + passed; ++i) sample[i]->rtt = host_rtt;
    const Judgement judgement = classify(part.finished().evidence);
    INFO(judgement.explanation);
    CHECK(to_string(judgement.reason) == "range-answers");
    CHECK(judgement.range.answered == passed);
  }
}

TEST_CASE("CLS ports that vanish together are an exposure and a block, one that vanishes is a relay's") {
  const auto silent_at_end = [](EvidenceMaker maker) {
    Evidence evidence = maker.finished(0).evidence;
    for (auto& recheck : evidence.confirm) {
      recheck.state = PortState::filtered;
      recheck.reason = Reason::no_response;
    }
    return evidence;
  };
  check({{"all three reset at the end", host(syn_ack(), quiet, quiet).finished(0).evidence, "cls-exposed",
          "cls-ports-open", "medium"},
         {"all three silent at the end", silent_at_end(host(syn_ack(), quiet, quiet)), "cls-exposed",
          "cls-ports-open", "medium"},
         {"two of them silent at the end",
          silent_at_end(host_but(Role::cls, 2, syn_ack(), quiet, quiet, quiet)), "cls-exposed",
          "some-cls-ports-open", "medium"},
         {"one silent at the end", silent_at_end(host_but(Role::cls, 1, syn_ack(), quiet, quiet, quiet)),
          "media-range-open", "relay-port-open", "low"}});
  const Judgement together = classify(silent_at_end(host(syn_ack(), quiet, quiet)));
  CHECK(together.explanation.find("none of them did at the end") != std::string::npos);
}

namespace {

// Evidence with so many of the four ports beside the CLS ports open, the others silent.
Evidence with_neighbours(Evidence evidence, std::size_t open) {
  for (std::size_t i = 0; i < cls_neighbours.size(); ++i) {
    PortEvidence port{.port = cls_neighbours[i], .role = Role::boundary, .attempts = 1};
    port.state = i < open ? PortState::open : PortState::filtered;
    port.reason = i < open ? Reason::syn_ack : Reason::no_response;
    port.answered_at = i < open ? 1 : 0;
    evidence.ports.push_back(port);
  }
  return evidence;
}

}  // namespace

TEST_CASE("Whoever accepts the ports beside the CLS ports is no agent, unless a busy relay explains them") {
  const Evidence exposed = host(syn_ack(), quiet, quiet).finished().evidence;
  const Evidence busy = host_but(Role::sample, 16, syn_ack(), syn_ack(), quiet, quiet).finished().evidence;
  const Evidence range = host(syn_ack(), quiet, rst()).finished().evidence;
  check(
      {{"none of them", with_neighbours(exposed, 0), "cls-exposed", "cls-ports-open", "high"},
       {"one of them, as a relay's", with_neighbours(exposed, 1), "cls-exposed", "cls-ports-open", "high"},
       {"two of them", with_neighbours(exposed, 2), "inconclusive", "accepts-range-part", "medium"},
       {"all of them", with_neighbours(exposed, 4), "inconclusive", "accepts-range-part", "high"},
       {"two of them beside a busy relay", with_neighbours(busy, 2), "cls-exposed", "cls-ports-open", "high"},
       {"all of them, and the host refuses elsewhere in the range", with_neighbours(range, 4),
        "media-range-open", "range-answers", "high"}});
}

TEST_CASE("A wide relay that holds a control or two is a relay, no middlebox") {
  EvidenceMaker wide;
  wide.some(Role::service, 1, syn_ack()).rest(Role::service, quiet).all(Role::cls, quiet);
  wide.some(Role::control, 2, syn_ack()).rest(Role::control, quiet);
  wide.some(Role::sample, 13, syn_ack()).rest(Role::sample, quiet);
  check({{"13 of 64 and 2 of 4", wide.finished().evidence, "media-range-open", "relay-port-open", "medium"}});
}

TEST_CASE(
    "A middlebox that half of the controls reached accepts everything, for it accepts most of the range") {
  EvidenceMaker lossy;
  lossy.all(Role::service, syn_ack()).all(Role::cls, syn_ack());
  lossy.some(Role::control, 2, syn_ack()).rest(Role::control, quiet);
  lossy.some(Role::sample, 60, syn_ack()).rest(Role::sample, quiet);
  check({{"60 of 64 and 2 of 4", lossy.finished().evidence, "inconclusive", "accepts-everything", "medium"}});
}

TEST_CASE("Refusals everywhere are put down to whom their round-trip time points at") {
  check({
      {"E: no firewall", host(rst(), rst(), rst()).finished().evidence, "media-range-open", "no-firewall",
       "medium"},
      {"D: RST from a firewall well before the host",
       host(rst(front_rtt), rst(front_rtt), rst(front_rtt)).finished().evidence, "closed", "range-rejected",
       "high"},
      {"D, or a nearer host behind an opening: RST inside from in front, silence outside",
       host(rst(front_rtt), quiet, rst(front_rtt)).finished().evidence, "inconclusive", "answers-everywhere",
       "low"},
      {"D or E: no SYN-ACK to compare with", group(rst()).finished().evidence, "inconclusive",
       "answers-everywhere", "medium"},
      {"D or E: on a LAN",
       [] {
         auto near = host(rst(), rst(), rst());
         for (auto& port : near.evidence.ports) port.rtt /= 400;
         return near.finished().evidence;
       }(),
       "inconclusive", "answers-everywhere", "medium"},
      {"E: with zero RTTs that nobody measured",
       host(rst(Duration::zero()), rst(), rst(Duration::zero())).finished().evidence, "inconclusive",
       "answers-everywhere", "medium"},
  });
}

TEST_CASE("A range rejected by ICMP is closed, whatever the kind and however few get through") {
  check({
      {"D: administratively prohibited", host(prohibited, prohibited, prohibited).finished().evidence,
       "closed", "range-rejected", "high"},
      {"D: port unreachable", host(port_unreachable, port_unreachable, port_unreachable).finished().evidence,
       "closed", "range-rejected", "high"},
      {"D: host unreachable, from a host that answers on 443",
       host(icmp(Reason::host_unreach), icmp(Reason::host_unreach), icmp(Reason::host_unreach))
           .finished()
           .evidence,
       "closed", "range-rejected", "high"},
      {"D: net unreachable",
       host(icmp(Reason::net_unreach), quiet, icmp(Reason::net_unreach)).finished().evidence, "closed",
       "range-rejected", "medium"},
      {"D: rate-limited ICMP",
       host_but(Role::sample, 3, port_unreachable, quiet, quiet, quiet).finished().evidence, "closed",
       "range-rejected", "medium"},
      {"D: everything prohibited, services too", group(prohibited).evidence, "closed", "range-rejected",
       "medium"},
  });
}

TEST_CASE("A silent range of a living host is closed, and no more than that is said") {
  check({
      {"C, and G, and A without CLS", host(quiet, quiet, quiet).finished().evidence, "closed", "range-silent",
       "high"},
      {"the host lives by a refusal alone",
       EvidenceMaker()
           .some(Role::service, 1, rst())
           .rest(Role::service, quiet)
           .all(Role::cls, quiet)
           .all(Role::control, quiet)
           .all(Role::sample, quiet)
           .finished()
           .evidence,
       "closed", "range-silent", "medium"},
      {"the perimeter rejects elsewhere, so the range is special",
       host(quiet, prohibited, quiet).finished().evidence, "closed", "range-silent", "low"},
      {"the host refuses elsewhere", host(quiet, rst(), quiet).finished().evidence, "closed", "range-silent",
       "low"},
  });
  CHECK(classify(host(quiet, quiet, quiet).finished().evidence).explanation.find("stealth") !=
        std::string::npos);
}

TEST_CASE("What accepts everything proves nothing about the host behind it") {
  check({
      {"F: a SYN proxy", host(syn_ack(), syn_ack(), syn_ack()).finished().evidence, "inconclusive",
       "accepts-everything", "high"},
      {"F: a lossy SYN proxy",
       host_but(Role::control, 1, quiet, syn_ack(), syn_ack(), syn_ack()).finished().evidence, "inconclusive",
       "accepts-everything", "medium"},
      {"F: interrupted before the sample", host(syn_ack(), syn_ack(), not_run()).evidence, "inconclusive",
       "accepts-everything", "medium"},
  });
}

TEST_CASE("A host that never answers is neither closed nor open") {
  check({
      {"dead", group(quiet).evidence, "inconclusive", "no-answer", "medium"},
      {"no such host, says a router", group(icmp(Reason::host_unreach)).evidence, "inconclusive", "no-answer",
       "high"},
      {"no such network", group(icmp(Reason::net_unreach)).evidence, "inconclusive", "no-answer", "high"},
  });
}

TEST_CASE(
    "Where the liveness check fell silent, silences prove nothing and what was found before still counts") {
  const auto blocked_after = [](EvidenceMaker maker) {
    return maker.finished().liveness(silence()).evidence;
  };
  EvidenceMaker before_controls = host(rst(), quiet, quiet);
  Evidence silent_exposed = blocked_after(host(syn_ack(), quiet, quiet));
  for (auto& confirm : silent_exposed.confirm) {
    confirm.state = PortState::filtered;
    confirm.reason = Reason::no_response;
  }
  check({
      {"an IPS after all was asked, nothing found", blocked_after(host(quiet, quiet, quiet)), "inconclusive",
       "blocked-during-scan", "medium"},
      {"an IPS after CLS was found, before it was asked again", silent_exposed, "cls-exposed",
       "cls-ports-open", "medium"},
      {"an IPS in the middle of a refusing range",
       blocked_after(host_but(Role::sample, 10, rst(), rst(), quiet, quiet)), "media-range-open",
       "range-answers", "high"},
      {"an IPS before the controls were asked", blocked_after(before_controls), "inconclusive",
       "blocked-during-scan", "medium"},
      {"an IPS that blocks with RSTs: its own look like an open range",
       host(quiet, quiet, rst()).finished().liveness(rst()).evidence, "inconclusive", "blocked-during-scan",
       "medium"},
      {"an IPS that blocks with RSTs, controls asked twice",
       host(quiet, rst(), rst()).finished().liveness(rst()).evidence, "inconclusive", "blocked-during-scan",
       "medium"},
      {"an IPS that blocks by ICMP", host(quiet, quiet, prohibited).finished().liveness(prohibited).evidence,
       "inconclusive", "blocked-during-scan", "medium"},
  });
}

TEST_CASE(
    "Where a firewall refuses a part of the range and the host the rest, only their RTTs tell, hence "
    "medium") {
  EvidenceMaker part;
  part.some(Role::service, 3, syn_ack()).all(Role::cls, rst(front_rtt)).all(Role::control, rst(front_rtt));
  part.some(Role::sample, 24, rst()).rest(Role::sample, rst(front_rtt));
  check({{"24 of 64 late", part.finished().evidence, "media-range-open", "range-answers", "medium"}});
}

TEST_CASE("A relay port that is let go is not a host that stopped responding") {
  EvidenceMaker relay;
  relay.all(Role::service, quiet).some(Role::cls, 1, syn_ack()).rest(Role::cls, rst());
  relay.all(Role::control, quiet).all(Role::sample, rst());
  const Judgement judgement = classify(relay.finished(0).liveness(rst()).evidence);
  CHECK(to_string(judgement.reason) == "range-answers");
}

TEST_CASE("Our own failures and an early end leave no verdict but what was already proven") {
  check({
      {"interrupted before anything", EvidenceMaker().evidence, "inconclusive", "interrupted", "low"},
      {"interrupted after the services", host(not_run(), not_run(), not_run()).evidence, "inconclusive",
       "interrupted", "low"},
      {"interrupted after CLS was found, before the controls", host(syn_ack(), not_run(), not_run()).evidence,
       "inconclusive", "interrupted", "low"},
      {"interrupted after the controls", host(syn_ack(), quiet, not_run()).evidence, "cls-exposed",
       "cls-ports-open", "medium"},
      {"interrupted in a silent range", host_but(Role::sample, 10, quiet, quiet, quiet, not_run()).evidence,
       "inconclusive", "interrupted", "low"},
      {"interrupted in a refusing range", host_but(Role::sample, 10, rst(), rst(), quiet, not_run()).evidence,
       "media-range-open", "range-answers", "medium"},
      {"no route at home", group(local_error()).evidence, "inconclusive", "local-error", "low"},
      {"one CLS port could not be asked",
       host_but(Role::cls, 1, local_error(), quiet, quiet, quiet).finished().evidence, "inconclusive",
       "local-error", "low"},
      {"the liveness check could not be asked",
       host(quiet, quiet, quiet).finished().liveness(local_error()).evidence, "inconclusive", "local-error",
       "low"},
      {"evidence of nothing at all", Evidence{}, "inconclusive", "interrupted", "low"},
  });
}

TEST_CASE("Every reason that applied is named, the deciding one first") {
  const Judgement judgement =
      classify(host_but(Role::sample, 5, syn_ack(), syn_ack(), quiet, rst()).finished().evidence);
  const std::vector<VerdictReason> expected{VerdictReason::cls_ports_open, VerdictReason::range_answers};
  CHECK(judgement.reasons == expected);
}

TEST_CASE("The open CLS ports and the share of the range that is passed come with the verdict") {
  const Judgement judgement =
      classify(host_but(Role::sample, 16, rst(), syn_ack(), quiet, quiet).finished().evidence);
  CHECK(judgement.cls_open.to_string() == "50001-50003");
  CHECK(judgement.range.sampled == 64);
  CHECK(judgement.range.answered == 16);
  REQUIRE(judgement.range.share);
  CHECK(judgement.range.share->share == Approx(0.25));
  CHECK(judgement.range.share->low < 0.25);
}

TEST_CASE("Refusals of a firewall in front are no part of the share that is passed") {
  const auto rejected = classify(host(rst(front_rtt), rst(front_rtt), rst(front_rtt)).finished().evidence);
  CHECK(rejected.range.answered == 0);
  CHECK(rejected.range.share.has_value());
}

TEST_CASE("An inconclusive verdict claims no share") {
  CHECK_FALSE(classify(group(syn_ack()).finished().evidence).range.share);
}
