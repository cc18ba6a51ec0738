#include "scanner/inquiry/note.hpp"

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

TEST_CASE("Which try was answered first is kept, in whatever order the results come") {
  PortEvidence port;
  note(port, 2, silence);
  CHECK(port.answered_at == 0);
  note(port, 1, refused(9ms));
  note(port, 3, refused(8ms));
  CHECK(port.answered_at == 1);
  CHECK_FALSE(port.answered_late());
}

TEST_CASE("Of two refusals the quicker is kept, and one that was not measured is no quicker") {
  PortEvidence port;
  note(port, 1, refused(9ms));
  note(port, 2, refused(7ms));
  note(port, 3, refused(8ms));
  note(port, 4, refused(Duration::zero()));
  CHECK(port.rtt == 7ms);
}

TEST_CASE("No answer is taken back by silence, no open port by a refusal, nothing by a failure of ours") {
  PortEvidence port;
  note(port, 1, silence);
  note(port, 2, failure);
  CHECK(port.reason == Reason::no_response);
  note(port, 3, refused(9ms));
  note(port, 4, silence);
  CHECK(port.state == PortState::closed);
  note(port, 5, accepted(9ms));
  note(port, 6, refused(5ms));
  note(port, 7, failure);
  CHECK(port.state == PortState::open);
  CHECK(port.rtt == 9ms);
}

TEST_CASE("Of a port asked again at the end the first try that was accepted stands, with what its peer did") {
  Recheck recheck;
  note(recheck, 1, failure);
  note(recheck, 2, silence);
  note(recheck, 1, failure);
  CHECK(recheck.reason == Reason::no_response);
  note(recheck, 2, accepted(9ms));
  ProbeOutcome cut_off = accepted(9ms);
  cut_off.peer = PeerAct::reset;
  note(recheck, 3, cut_off);
  note(recheck, 4, refused(9ms));
  CHECK(recheck.state == PortState::open);
  CHECK(recheck.peer == PeerAct::idle);
  CHECK(recheck.answered_late());
}

TEST_CASE("Tries that were waited for in vain are counted, whatever is known of the port already") {
  PortEvidence port{.attempts = 2};
  note(port, 1, {.state = PortState::filtered, .reason = Reason::no_response});
  note(port, 2, {.state = PortState::closed, .reason = Reason::conn_refused});
  note(port, 3, {.state = PortState::filtered, .reason = Reason::no_response});
  CHECK(port.given_up == 2);
  CHECK(port.state == PortState::closed);
}
