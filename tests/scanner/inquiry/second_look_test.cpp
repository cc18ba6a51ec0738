#include "scanner/inquiry/second_look.hpp"

#include <set>

#include "scanner/evidence_maker.hpp"
#include "scanner/plan_shape.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

EvidenceMaker quiet_host() {
  EvidenceMaker maker(16);
  maker.some(Role::service, 1, syn_ack()).rest(Role::service, silence()).all(Role::control, silence());
  return maker;
}

std::set<Port> second_looks(const Evidence& evidence) {
  std::set<Port> ports;
  for (const std::size_t index : ports_worth_a_second_look(evidence))
    ports.insert(evidence.ports[index].port);
  return ports;
}

}  // namespace

TEST_CASE("Where the range is silent nothing is worth a second look") {
  EvidenceMaker maker = quiet_host();
  maker.all(Role::cls, silence()).all(Role::sample, silence());
  CHECK(ports_worth_a_second_look(maker.evidence).empty());
}

TEST_CASE("Where anything in the range answered, two silent controls are") {
  EvidenceMaker maker = quiet_host();
  maker.some(Role::cls, 1, rst()).rest(Role::cls, silence()).all(Role::sample, silence());
  const auto ports = second_looks(maker.evidence);
  CHECK(ports.size() == 2);
  for (const Port port : ports) CHECK_FALSE((port >= 50000 && port <= 59999));
}

TEST_CASE("An ICMP error from the range is no answer of the host") {
  EvidenceMaker maker = quiet_host();
  maker.all(Role::cls, icmp(Reason::admin_prohibited)).all(Role::sample, silence());
  CHECK(ports_worth_a_second_look(maker.evidence).empty());
}

TEST_CASE("A silent sample port is worth it beside a refused one, where the opening may end") {
  EvidenceMaker maker = quiet_host();
  maker.all(Role::cls, silence()).all(Role::sample, silence());
  std::vector<PortEvidence*> sample;
  for (auto& port : maker.evidence.ports)
    if (port.role == Role::sample) sample.push_back(&port);
  std::sort(sample.begin(), sample.end(), [](const auto* a, const auto* b) { return a->port < b->port; });
  sample[7]->state = PortState::closed;
  sample[7]->reason = Reason::conn_refused;
  const auto ports = second_looks(maker.evidence);
  CHECK(ports.size() == 2 + 2);
  CHECK(ports.count(sample[6]->port) == 1);
  CHECK(ports.count(sample[8]->port) == 1);
}

TEST_CASE("Refusals are compared only where the range refused and a service accepted") {
  EvidenceMaker both = quiet_host();
  CHECK(refusals_need_comparing(both.all(Role::sample, rst()).evidence));
  EvidenceMaker silent_range = quiet_host();
  CHECK_FALSE(refusals_need_comparing(silent_range.all(Role::sample, silence()).evidence));
  EvidenceMaker no_service(16);
  CHECK_FALSE(
      refusals_need_comparing(no_service.all(Role::service, rst()).all(Role::sample, rst()).evidence));
}

TEST_CASE(
    "The bracket is an open service before any other answer of the host, that before an ICMP error, then the "
    "earlier") {
  EvidenceMaker maker(4);
  maker.all(Role::sample, silence()).all(Role::control, silence());
  CHECK_FALSE(bracket_port(maker.evidence));
  maker.some(Role::service, 1, icmp(Reason::port_unreach));
  CHECK(bracket_port(maker.evidence) == 0U);
  maker.some(Role::cls, 2, rst());
  CHECK(bracket_port(maker.evidence) == 3U);
  maker.some(Role::service, 2, syn_ack()).rest(Role::cls, syn_ack());
  CHECK(bracket_port(maker.evidence) == 1U);
  maker.evidence.ports[1].asked += std::chrono::seconds(1);  // answered a later try only
  CHECK(bracket_port(maker.evidence) == 2U);
}

TEST_CASE("A bracket is the best until another port shows better that the host lives") {
  EvidenceMaker maker;
  maker.rest(Role::cls, silence()).rest(Role::control, silence()).rest(Role::sample, silence());
  CHECK(is_best_bracketed(maker.evidence));  // nothing has answered, and there is none
  maker.evidence.ports[1].state = PortState::closed;
  maker.evidence.ports[1].reason = Reason::conn_refused;
  CHECK_FALSE(is_best_bracketed(maker.evidence));
  maker.evidence.bracket = Recheck{.port = maker.evidence.ports[1].port};
  CHECK(is_best_bracketed(maker.evidence));
  maker.evidence.ports[2].state = PortState::open;
  maker.evidence.ports[2].reason = Reason::syn_ack;
  CHECK_FALSE(is_best_bracketed(maker.evidence));
}

TEST_CASE("An open CLS port speaks for itself, and makes no silence outside the range worth a second look") {
  EvidenceMaker maker = quiet_host();
  maker.all(Role::cls, syn_ack()).some(Role::sample, 12, silence());
  CHECK(ports_worth_a_second_look(maker.evidence).empty());
  maker.some(Role::sample, 1, syn_ack()).rest(Role::sample, silence());
  CHECK(second_looks(maker.evidence).size() == 2);
}

TEST_CASE("Two silent controls are asked again where all are silent, and every one where another is not") {
  EvidenceMaker maker = quiet_host();
  const auto due = [&] { return controls_to_ask_again(maker.evidence); };
  REQUIRE(silent_ports(maker.evidence, Role::control).size() == planned_controls);
  CHECK(due() == std::vector<std::size_t>{planned_essentials, planned_essentials + 1});
  SECTION("but none a second time") {
    maker.evidence.ports[planned_essentials + 1].attempts = 2;
    CHECK(due() == std::vector<std::size_t>{planned_essentials});
    maker.evidence.ports[planned_essentials].attempts = 2;
    CHECK(due().empty());
    SECTION("and the others if one of the two has answered") {
      maker.evidence.ports[planned_essentials].state = PortState::closed;
      maker.evidence.ports[planned_essentials].reason = Reason::conn_refused;
      CHECK(due().size() == planned_controls - 2);
    }
  }
  SECTION("every one") {
    maker.evidence.ports.at(planned_essentials).reason = Reason::admin_prohibited;
    CHECK(due().size() == planned_controls - 1);
  }
}

TEST_CASE(
    "A refusal in the range, or a port open there but for CLS, means something only beside the controls") {
  const auto rests = [](Port port, Role role, const Answer& answer) {
    return rests_on_controls(
        PortEvidence{.port = port, .role = role, .state = answer.state, .reason = answer.reason});
  };
  CHECK(rests(51234, Role::sample, rst()));
  CHECK(rests(50001, Role::cls, rst()));
  CHECK(rests(51234, Role::sample, syn_ack()));
  CHECK_FALSE(rests(50001, Role::cls, syn_ack()));
  CHECK_FALSE(rests(51234, Role::sample, silence()));
  CHECK_FALSE(rests(51234, Role::sample, icmp(Reason::port_unreach)));
  CHECK_FALSE(rests(443, Role::service, syn_ack()));
  CHECK_FALSE(rests_on_controls(quiet_host().all(Role::cls, syn_ack()).evidence));
  CHECK(rests_on_controls(quiet_host().some(Role::sample, 1, rst()).evidence));
}

TEST_CASE("A service is repeated for its RTT four times, and six where ports outside the range refuse too") {
  EvidenceMaker maker = quiet_host();
  CHECK(repeats_wanted(maker.evidence) == 0);
  maker.all(Role::sample, rst());
  CHECK(repeats_wanted(maker.evidence) == 4);
  maker.evidence.ports[planned_essentials].state = PortState::closed;  // a control
  CHECK(repeats_wanted(maker.evidence) == most_repeats);
}

TEST_CASE(
    "A port answered late if its first answer came to a further try, however often it was asked after") {
  EvidenceMaker maker = quiet_host();
  maker.all(Role::sample, rst());
  CHECK_FALSE(answered_late(maker.evidence));
  auto& port = maker.evidence.ports.back();
  port.attempts = 3;
  port.answered_at = 1;
  CHECK_FALSE(answered_late(maker.evidence));
  port.answered_at = 2;
  CHECK(answered_late(maker.evidence));
}

TEST_CASE("Packets were lost where a service or the bracket answered late, or an open CLS port fell silent") {
  EvidenceMaker maker = quiet_host();
  maker.all(Role::cls, silence()).all(Role::sample, silence());
  CHECK_FALSE(packets_were_lost(maker.evidence));
  maker.evidence.bracket = {
      .port = 443, .state = PortState::open, .reason = Reason::syn_ack, .peer = {}, .attempts = 1};
  CHECK_FALSE(packets_were_lost(maker.evidence));

  Evidence late_bracket = maker.evidence;
  late_bracket.bracket->attempts = 2;
  CHECK_FALSE(packets_were_lost(late_bracket));  // asked again beside, and the first try was answered
  late_bracket.bracket->answered_at = 2;
  CHECK(packets_were_lost(late_bracket));

  Evidence late_service = maker.evidence;
  late_service.ports.front().attempts = late_service.ports.front().answered_at = 2;
  REQUIRE(late_service.ports.front().answered());
  CHECK(packets_were_lost(late_service));
  late_service.bracket.reset();
  CHECK(was_out_of_reach(late_service));
  CHECK_FALSE(packets_were_lost(late_service));  // as far as can be told before the bracket has answered

  Evidence gone = maker.evidence;
  gone.confirm.push_back({.port = 50001, .state = PortState::filtered, .reason = Reason::no_response});
  CHECK(packets_were_lost(gone));

  late_bracket.bracket->reason = Reason::no_response;
  late_bracket.bracket->state = PortState::filtered;
  CHECK_FALSE(packets_were_lost(late_bracket));  // dark: nothing can be told from asking on
}

TEST_CASE(
    "After loss silent CLS ports are asked again, and some of the sample where all the range was silent") {
  EvidenceMaker maker(64);
  maker.all(Role::cls, silence()).all(Role::sample, silence());
  CHECK(silences_worth_a_last_look(maker.evidence).size() == 3 + 16);
  Evidence heard = maker.evidence;
  auto& port = heard.ports.back();
  port.state = PortState::closed;
  port.reason = Reason::conn_refused;
  port.attempts = port.answered_at = 2;
  CHECK(silences_worth_a_last_look(heard).size() == 3 + 63);
}

TEST_CASE("A sample that answered at first, an open CLS port or a long scan leave less to a last look") {
  EvidenceMaker answering = quiet_host();
  answering.all(Role::cls, silence()).some(Role::sample, 1, rst()).rest(Role::sample, silence());
  CHECK(silences_worth_a_last_look(answering.evidence).size() == 2);  // controls
  EvidenceMaker exposed = quiet_host();
  exposed.some(Role::cls, 1, syn_ack()).rest(Role::cls, silence()).all(Role::sample, silence());
  CHECK(silences_worth_a_last_look(exposed.evidence) == silent_ports(exposed.evidence, Role::cls));
  CHECK(silent_ports(exposed.evidence, Role::cls).size() == 2);
  EvidenceMaker slow = quiet_host();
  slow.all(Role::cls, silence()).all(Role::sample, silence());
  slow.evidence.ports.back().asked += std::chrono::seconds(20);
  CHECK(silences_worth_a_last_look(slow.evidence).size() == 3);
}

TEST_CASE("A CLS port found open after the others were confirmed is confirmed as well") {
  EvidenceMaker maker = quiet_host();
  maker.all(Role::cls, syn_ack()).all(Role::sample, silence());
  CHECK(unconfirmed_cls_ports(maker.evidence) == std::vector<Port>{50001, 50002, 50003});
  maker.evidence.confirm.push_back({.port = 50002, .state = PortState::open, .reason = Reason::syn_ack});
  CHECK(unconfirmed_cls_ports(maker.evidence) == std::vector<Port>{50001, 50003});
}

TEST_CASE("Ports outside the range refuse too where any of them sent a RST, whoever sent it") {
  EvidenceMaker maker(16);
  maker.all(Role::sample, rst()).all(Role::cls, rst());
  CHECK_FALSE(controls_refuse_too(maker.evidence));
  maker.some(Role::control, 1, rst());
  CHECK(controls_refuse_too(maker.evidence));
}
