#include "scanner/evidence.hpp"

#include "support/catch.hpp"

using namespace edgesurvey;

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
