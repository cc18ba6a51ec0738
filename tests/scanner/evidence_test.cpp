#include "scanner/evidence.hpp"

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

namespace {

const ProbeOutcome silence{.state = PortState::filtered, .reason = Reason::no_response};
const ProbeOutcome failure{.state = PortState::unknown, .reason = Reason::local_error};

ProbeOutcome accepted(Duration rtt) {
  return {.state = PortState::open, .reason = Reason::syn_ack, .rtt = rtt, .peer = PeerAct::idle};
}
ProbeOutcome refused(Duration rtt) {
  return {.state = PortState::closed, .reason = Reason::conn_refused, .rtt = rtt};
}

}  // namespace

TEST_CASE("A planned port nobody asked is unknown, because it was not run") {
  const PortEvidence port;
  CHECK(port.state == PortState::unknown);
  CHECK(port.reason == Reason::not_run);
  CHECK(port.attempts == 0);
  CHECK_FALSE(port.answered());
}

TEST_CASE("Ports and rechecks are answered by anything but silence and our own failures") {
  CHECK(PortEvidence{.state = PortState::closed, .reason = Reason::conn_refused}.answered());
  CHECK(PortEvidence{.state = PortState::filtered, .reason = Reason::port_unreach}.answered());
  CHECK_FALSE(PortEvidence{.state = PortState::filtered, .reason = Reason::no_response}.answered());
  CHECK_FALSE(PortEvidence{.state = PortState::unknown, .reason = Reason::local_error}.answered());
  CHECK(Recheck{.state = PortState::open, .reason = Reason::syn_ack}.answered());
  CHECK_FALSE(Recheck{.state = PortState::filtered, .reason = Reason::no_response}.answered());
  CHECK_FALSE(Recheck{}.answered());
}

TEST_CASE("A port that was silent at first was answered late") {
  CHECK_FALSE(PortEvidence{}.answered_late());
  CHECK_FALSE(PortEvidence{.attempts = 3, .answered_at = 1}.answered_late());
  CHECK(PortEvidence{.attempts = 3, .answered_at = 2}.answered_late());
}

TEST_CASE("Which try was answered first is kept, in whatever order the results come") {
  PortEvidence port;
  port.note(2, silence);
  CHECK(port.answered_at == 0);
  port.note(1, refused(9ms));
  port.note(3, refused(8ms));
  CHECK(port.answered_at == 1);
  CHECK_FALSE(port.answered_late());
}

TEST_CASE("Of two refusals the quicker is kept, and one that was not measured is no quicker") {
  PortEvidence port;
  port.note(1, refused(9ms));
  port.note(2, refused(7ms));
  port.note(3, refused(8ms));
  port.note(4, refused(Duration::zero()));
  CHECK(port.rtt == 7ms);
}

TEST_CASE("No answer is taken back by silence, no open port by a refusal, nothing by a failure of ours") {
  PortEvidence port;
  port.note(1, silence);
  port.note(2, failure);
  CHECK(port.reason == Reason::no_response);
  port.note(3, refused(9ms));
  port.note(4, silence);
  CHECK(port.state == PortState::closed);
  port.note(5, accepted(9ms));
  port.note(6, refused(5ms));
  port.note(7, failure);
  CHECK(port.state == PortState::open);
  CHECK(port.rtt == 9ms);
}

TEST_CASE("Of a port asked again at the end the first try that was accepted stands, with what its peer did") {
  Recheck recheck;
  recheck.note(1, failure);
  recheck.note(2, silence);
  recheck.note(1, failure);
  CHECK(recheck.reason == Reason::no_response);
  recheck.note(2, accepted(9ms));
  ProbeOutcome cut_off = accepted(9ms);
  cut_off.peer = PeerAct::reset;
  recheck.note(3, cut_off);
  recheck.note(4, refused(9ms));
  CHECK(recheck.state == PortState::open);
  CHECK(recheck.peer == PeerAct::idle);
  CHECK(recheck.answered_late());
}

TEST_CASE("Tries that were waited for in vain are counted, whatever is known of the port already") {
  PortEvidence port{.attempts = 2};
  port.note(1, {.state = PortState::filtered, .reason = Reason::no_response});
  port.note(2, {.state = PortState::closed, .reason = Reason::conn_refused});
  port.note(3, {.state = PortState::filtered, .reason = Reason::no_response});
  CHECK(port.given_up == 2);
  CHECK(port.state == PortState::closed);
}
