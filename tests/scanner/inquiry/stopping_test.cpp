#include "scanner/inquiry/stopping.hpp"

#include "scanner/evidence_maker.hpp"
#include "scanner/plan_shape.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t first_sample = before_sample;
constexpr std::size_t half = 32;

// The first `sampled` ports of the sample answered, once asked; the rest was not asked.
Evidence with(std::size_t sampled, const Answer& sample, const Answer& control = silence()) {
  EvidenceMaker maker(64);
  maker.all(Role::service, syn_ack()).all(Role::cls, silence()).all(Role::control, control);
  Evidence evidence = maker.some(Role::sample, sampled, sample).evidence;
  for (auto& port : evidence.ports) {
    port.attempts = 1;
    port.given_up = port.reason == Reason::no_response ? 1 : 0;
    port.answered_at = port.answered() ? 1 : 0;
  }
  return evidence;
}

void fall_silent(PortEvidence& port, std::uint8_t tries = 1) {
  port.state = PortState::filtered;
  port.reason = Reason::no_response;
  port.rtt = {};
  port.answered_at = 0;
  port.attempts = port.given_up = tries;
}

void await(PortEvidence& port) {
  fall_silent(port);
  port.state = PortState::unknown;
  port.reason = Reason::not_run;
  port.given_up = 0;
}

using enum HalfWay::Kind;

HalfWay shown_by(const Evidence& evidence) {
  return half_way(evidence, first_sample, half);
}

}  // namespace

TEST_CASE("Where a dozen sample ports and every control accepted, a middlebox accepts everything") {
  CHECK_FALSE(accepts_everything(with(11, syn_ack(), syn_ack()), first_sample + 11));
  CHECK(accepts_everything(with(12, syn_ack(), syn_ack()), first_sample + 12));
  CHECK_FALSE(accepts_everything(with(12, syn_ack()), first_sample + 12));
  CHECK_FALSE(accepts_everything(with(12, rst(), syn_ack()), first_sample + 12));
}

TEST_CASE("Half of a sample is enough from 32 ports on") {
  CHECK(half_may_do(32));
  CHECK_FALSE(half_may_do(31));
}

TEST_CASE("A half that answered alike throughout is alike") {
  for (const auto& answer : {icmp(Reason::admin_prohibited), rst(), rst(front_rtt)}) {
    const HalfWay shown = shown_by(with(half, answer));
    CHECK(shown.kind == alike);
    CHECK(shown.any_answer);
    CHECK_FALSE(shown.any_awaited);
    CHECK(shown.doubtful.empty());
  }
}

TEST_CASE("A half without an answer is silent once more than an eighth of it was given up") {
  Evidence evidence = with(half, silence());
  CHECK(shown_by(evidence).kind == silent);
  CHECK_FALSE(shown_by(evidence).any_awaited);
  for (std::size_t i = 5; i < half; ++i) await(evidence.ports[first_sample + i]);
  CHECK(shown_by(evidence).kind == silent);
  CHECK(shown_by(evidence).any_awaited);
  await(evidence.ports[first_sample]);
  CHECK(shown_by(evidence).kind == awaited);
  CHECK_FALSE(shown_by(evidence).any_answer);
}

TEST_CASE("A half that is refused is awaited as long as any of it is, failed at home or was given back") {
  Evidence evidence = with(half, rst());
  PortEvidence& port = evidence.ports[first_sample + 20];
  SECTION("in flight") {
    await(port);
  }
  SECTION("failed at home") {
    await(port);
    port.reason = Reason::local_error;
  }
  SECTION("given back") {
    await(port);
    port.attempts = 0;
  }
  CHECK(shown_by(evidence).kind == awaited);
  CHECK(shown_by(evidence).any_awaited);
}

TEST_CASE("A sample that is passed in part, answers in two ways, or accepts, is mixed") {
  Evidence evidence = with(half, rst());
  SECTION("silences beside refusals") {
    for (std::size_t i = 0; i < 5; ++i) fall_silent(evidence.ports[first_sample + i]);
  }
  SECTION("an ICMP error beside refusals") {
    evidence.ports[first_sample + 7].state = PortState::filtered;
    evidence.ports[first_sample + 7].reason = Reason::admin_prohibited;
  }
  SECTION("a refusal by the host beside those of something in front of it") {
    evidence.syn_ack_rtts.assign(4, host_rtt);
    evidence.ports[first_sample + 7].rtt = front_rtt;
  }
  SECTION("an open port") {
    evidence.ports[first_sample + 7].state = PortState::open;
  }
  CHECK(shown_by(evidence).kind == mixed);
}

TEST_CASE("An open port among silences is mixed, too") {
  Evidence evidence = with(half, silence());
  evidence.ports[first_sample + 7].state = PortState::open;
  evidence.ports[first_sample + 7].reason = Reason::syn_ack;
  CHECK(shown_by(evidence).kind == mixed);
}

TEST_CASE(
    "Few silences among answers may be lost packets, and are to be asked again before it is called mixed") {
  Evidence evidence = with(half, rst());
  fall_silent(evidence.ports[first_sample + 3]);
  fall_silent(evidence.ports[first_sample + 9]);
  CHECK(shown_by(evidence).doubtful == std::vector<std::size_t>{first_sample + 3, first_sample + 9});
  CHECK(shown_by(evidence).kind == awaited);
  for (const std::size_t index : {3U, 9U}) ++evidence.ports[first_sample + index].attempts;
  CHECK(shown_by(evidence).doubtful.empty());  // in flight again
  CHECK(shown_by(evidence).kind == awaited);
  for (const std::size_t index : {3U, 9U}) ++evidence.ports[first_sample + index].given_up;
  CHECK(shown_by(evidence).doubtful.size() == 2);  // for the last time
  for (const std::size_t index : {3U, 9U}) fall_silent(evidence.ports[first_sample + index], 3);
  CHECK(shown_by(evidence).kind == mixed);
}

TEST_CASE("A silence that answers have overtaken is doubted before it is given up, but once") {
  Evidence evidence = with(half, rst());
  PortEvidence& port = evidence.ports[first_sample + 9];
  await(port);
  CHECK(shown_by(evidence).doubtful == std::vector<std::size_t>{first_sample + 9});
  CHECK(shown_by(evidence).kind == awaited);
  SECTION("not again while its second try is in flight") {
    ++port.attempts;
  }
  SECTION("not yet if it was asked last") {
    port.asked += 100 * host_rtt;
  }
  SECTION("not if it is yet to be asked") {
    port.attempts = 0;
  }
  CHECK(shown_by(evidence).doubtful.empty());
  CHECK(shown_by(evidence).kind == awaited);
}

TEST_CASE(
    "Answers that others have overtaken count as silences: a mixed half shows before they are given up") {
  Evidence evidence = with(half, rst());
  for (std::size_t i = 0; i < 5; ++i) await(evidence.ports[first_sample + i]);
  CHECK(shown_by(evidence).kind == mixed);
  SECTION("not those that were asked last") {
    for (std::size_t i = 0; i < half; ++i) evidence.ports[first_sample + i].asked = Time{} + 10ms * i;
    for (std::size_t i = 0; i < 5; ++i) evidence.ports[first_sample + i].asked = Time{} + 300ms;
  }
  SECTION("nor those that were given back, and are not on their way") {
    for (std::size_t i = 0; i < 5; ++i) evidence.ports[first_sample + i].attempts = 0;
  }
  CHECK(shown_by(evidence).kind == awaited);
}

TEST_CASE("Silence decides where a host is there and the agent does not show") {
  Evidence evidence = with(half, silence());
  CHECK(silence_decides(evidence));
  const auto each = [&evidence](Role role, const auto& change) {
    for (auto& port : evidence.ports)
      if (port.role == role) change(port);
  };
  SECTION("not where nothing has answered") {
    each(Role::service, [](PortEvidence& port) { fall_silent(port); });
    CHECK_FALSE(silence_decides(evidence));
  }
  SECTION("nor where nothing but an ICMP error has") {
    each(Role::service, [](PortEvidence& port) {
      port.state = PortState::filtered;
      port.reason = Reason::host_unreach;
    });
    CHECK_FALSE(silence_decides(evidence));
  }
  SECTION("nor where two CLS ports are open, though one is not enough") {
    std::size_t open = 0;
    each(Role::cls, [&](PortEvidence& port) {
      CHECK(silence_decides(evidence) == (open < 2));
      CHECK(agent_shows(evidence) == (open >= 2));
      port.state = PortState::open;
      port.reason = Reason::syn_ack;
      ++open;
    });
    REQUIRE(open == 3);
    CHECK_FALSE(silence_decides(evidence));
  }
}
