#include "scanner/inquiry/attempt_log.hpp"

#include <rapidcheck.h>

#include "scanner/host_log.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

namespace {

constexpr Port cls = cls_ports.front();
const Time start{1s};

AttemptId ask(AttemptLog& log, QuestionId question, Port port, Time when = start) {
  return log.start(row_of(question), port, when);
}

struct Log {
  ProbePlan plan{8, 1};
  AttemptLog log{Address(), plan, one_syn_wait};
  const PortEvidence& port(Port number) const { return port_of(log.evidence(), number); }
};

}  // namespace

TEST_CASE("An attempt that was returned unsent is as if it had not been started") {
  Log host;
  const AttemptId id = ask(host.log, QuestionId::service, 443);
  CHECK(host.log.in_flight() == 1);
  host.log.return_unsent(id);
  CHECK(host.log.in_flight() == 0);
  CHECK(host.port(443).attempts == 0);
  CHECK(host.log.tries(0).fate == Fate::unasked);
  for (const QuestionId question :
       {QuestionId::service_rtt, QuestionId::liveness, QuestionId::cls_still_open})
    host.log.return_unsent(ask(host.log, question, 443));
  CHECK(host.log.evidence().other_attempts == 0);
  CHECK(host.log.evidence().liveness->attempts == 0);
  CHECK(host.log.evidence().confirm.front().attempts == 0);
}

TEST_CASE("A failure of ours takes nothing back that was judged before, and no attempt is spent on it") {
  Log host;
  host.log.on_result(ask(host.log, QuestionId::cls, cls), silent(), start + 1s);
  host.log.on_result(ask(host.log, QuestionId::cls, cls, start + 2s), failed_here(), start + 2s);
  CHECK(host.port(cls).state == PortState::filtered);
  CHECK(host.log.tries(3).made == 1);
  CHECK(host.log.tries(3).failed == 1);
  host.log.on_result(ask(host.log, QuestionId::cls, cls, start + 3s), silent(), start + 4s);
  CHECK(host.log.tries(3).failed == 0);
}

TEST_CASE("A failure of ours leaves the silence of a recheck standing") {
  Log host;
  host.log.on_result(ask(host.log, QuestionId::liveness, 443), silent(), start + 1s);
  host.log.on_result(ask(host.log, QuestionId::liveness, 443), failed_here(), start + 1s);
  CHECK(host.log.evidence().liveness->reason == Reason::no_response);
}

TEST_CASE("What a second attempt is refused takes not back that the first was accepted") {
  Log host;
  const AttemptId first = ask(host.log, QuestionId::cls, cls);
  const AttemptId second = ask(host.log, QuestionId::cls, cls, start + 700ms);
  host.log.on_result(first, open_after(800ms), start + 800ms);
  host.log.on_result(second, refused_after(800ms), start + 1500ms);
  CHECK(host.port(cls).state == PortState::open);
}

TEST_CASE("An answer that comes after its port was asked again was not lost") {
  Log host;
  const AttemptId first = ask(host.log, QuestionId::service, 443);
  const AttemptId second = ask(host.log, QuestionId::service, 443, start + 700ms);
  host.log.on_result(first, open_after(800ms), start + 800ms);
  CHECK(host.port(443).attempts == 2);
  CHECK_FALSE(host.port(443).answered_late());
  CHECK(host.port(443).asked == start);
  host.log.on_result(second, open_after(790ms), start + 1490ms);
  CHECK_FALSE(host.port(443).answered_late());
  CHECK(host.log.evidence().syn_ack_rtts.size() == 2);
}

TEST_CASE("An attempt that is answered once an earlier one was silent says when its port was asked") {
  Log host;
  const AttemptId first = ask(host.log, QuestionId::cls, cls);
  const AttemptId second = ask(host.log, QuestionId::cls, cls, start + 150ms);
  CHECK(host.port(cls).asked == start);
  host.log.on_result(second, open_after(30ms), start + 180ms);
  CHECK(host.port(cls).asked == start + 150ms);
  CHECK(host.port(cls).answered_late());
  host.log.on_result(first, silent(), start + 950ms);
  CHECK(host.port(cls).state == PortState::open);
  CHECK(host.port(cls).asked == start + 150ms);
}

TEST_CASE("An RTT of zero was not measured and teaches nothing") {
  Log host;
  host.log.on_result(ask(host.log, QuestionId::service, 443), open_after(0ms), start + 1100ms);
  CHECK_FALSE(host.log.rtt().known());
  CHECK(host.log.evidence().syn_ack_rtts.empty());
  CHECK_FALSE(host.log.distance().can_tell());
  CHECK(host.port(443).state == PortState::open);
}

TEST_CASE("An answer without an RTT that comes after the kernel sent its SYN again is late") {
  Log host;
  host.log.on_result(ask(host.log, QuestionId::service, 443), open_after(0ms), start + 1040ms);
  CHECK(host.port(443).answered_at == 2);
  host.log.on_result(ask(host.log, QuestionId::cls, cls), open_after(0ms), start + 2040ms);
  CHECK(host.port(cls).answered_at == 3);
  host.log.on_result(ask(host.log, QuestionId::cls, cls_ports[1]), open_after(0ms), start + 40ms);
  CHECK(host.port(cls_ports[1]).answered_at == 1);
}

TEST_CASE("An answer to a SYN that the kernel sent again is late, though its RTT is known by a timestamp") {
  Log host;
  host.log.on_result(ask(host.log, QuestionId::service, 443), open_after(40ms), start + 1041ms);
  CHECK(host.port(443).answered_at == 2);
  host.log.on_result(ask(host.log, QuestionId::cls, cls), open_after(1400ms), start + 1400ms);
  CHECK(host.port(cls).answered_at == 1);
}

TEST_CASE("Of two refusals of a port the quicker is kept, with the time when it was asked") {
  Log host;
  host.log.on_result(ask(host.log, QuestionId::control, 40000), refused_after(90ms), start + 90ms);
  host.log.on_result(ask(host.log, QuestionId::control, 40000, start + 1s), refused_after(40ms),
                     start + 1040ms);
  CHECK(host.port(40000).asked == start + 1s);
  host.log.on_result(ask(host.log, QuestionId::control, 40000, start + 2s), refused_after(50ms),
                     start + 2050ms);
  CHECK(host.port(40000).rtt == 40ms);
  CHECK(host.port(40000).asked == start + 1s);
}

TEST_CASE("RTTs are learned from SYN-ACKs of any port, and those of services are kept") {
  Log host;
  host.log.on_result(ask(host.log, QuestionId::cls, cls), open_after(30ms), start + 30ms);
  CHECK(host.log.rtt().expected() == 30ms);
  CHECK(host.log.evidence().syn_ack_rtts.empty());
  host.log.on_result(ask(host.log, QuestionId::control, host.plan.ports()[6].port), refused_after(5ms),
                     start + 5ms);
  CHECK(host.log.rtt().expected() == 30ms);
  host.log.on_result(ask(host.log, QuestionId::service_rtt, 443), open_after(30ms), start + 30ms);
  CHECK(host.log.evidence().syn_ack_rtts.size() == 1);
  CHECK(host.log.evidence().other_attempts == 1);
  CHECK(host.port(443).attempts == 0);
}

TEST_CASE("A liveness check that was answered and is made anew begins anew, and no attempt is forgotten") {
  Log host;
  host.log.on_result(ask(host.log, QuestionId::liveness, 443), silent(), start + 1s);
  host.log.on_result(ask(host.log, QuestionId::liveness, 443), open_after(20ms), start + 1s);
  CHECK(host.log.evidence().liveness->attempts == 2);
  ask(host.log, QuestionId::liveness, 443, start + 5s);
  CHECK(host.log.evidence().liveness->attempts == 1);
  CHECK_FALSE(host.log.evidence().liveness->answered());
  CHECK(host.log.evidence().other_attempts == 2);
}

TEST_CASE("What comes of a check is nothing to one that was made with another port since") {
  Log host;
  const AttemptId first = ask(host.log, QuestionId::liveness, 443);
  const AttemptId second = ask(host.log, QuestionId::liveness, 3478);
  host.log.on_result(first, silent(), start + 1s);
  CHECK(host.log.evidence().liveness->state == PortState::unknown);
  host.log.on_result(second, open_after(20ms), start + 1s);
  CHECK(host.log.evidence().liveness->port == 3478);
  CHECK(host.log.evidence().liveness->answered());
  CHECK(host.log.in_flight() == 0);
}

TEST_CASE("A port that was not planned becomes one of a range's edge") {
  Log host;
  ask(host.log, QuestionId::range_edge, 54321);
  CHECK(host.log.evidence().ports.size() == host.plan.size() + 1);
  CHECK(host.port(54321).role == Role::boundary);
  ask(host.log, QuestionId::doubted_edge, 54321, start + 1s);
  CHECK(host.log.evidence().ports.size() == host.plan.size() + 1);
  CHECK(host.port(54321).attempts == 2);
}

TEST_CASE(
    "Ports of a sample and of an edge that nothing wants to ask leave the evidence, and no other ports do") {
  Log host;
  ask(host.log, QuestionId::sample, host.plan.ports().back().port);
  host.log.return_unsent(ask(host.log, QuestionId::range_edge, 54321));
  host.log.close();
  CHECK(sample_of(host.log.evidence()) == 1);
  CHECK(host.log.evidence().ports.size() == host.plan.size() - 7);
}

TEST_CASE("Of a silence the longest wait is kept, and how many were waited for") {
  Log host;
  const AttemptId first = ask(host.log, QuestionId::cls, cls);
  const AttemptId second = ask(host.log, QuestionId::cls, cls, start + 3s);
  host.log.on_result(second, silent(), start + 3500ms);
  CHECK(host.port(cls).waited == 500ms);
  host.log.on_result(first, silent(), start + 3950ms);
  CHECK(host.port(cls).waited == 3950ms);
  CHECK(host.port(cls).given_up == 2);
}

TEST_CASE("When a host was last heard is known") {
  Log host;
  CHECK(host.log.last_heard() == Time::min());
  const AttemptId first = ask(host.log, QuestionId::service, 443, Time{1s});
  const AttemptId second = ask(host.log, QuestionId::cls, cls, Time{2s});
  host.log.on_result(first, open_after(20ms), Time{3s});
  CHECK(host.log.last_heard() == Time{1s});
  host.log.on_result(second, silent(), Time{4s});
  CHECK(host.log.last_heard() == Time{1s});
}

TEST_CASE("The evidence is the same whatever the order in which the results of a port's attempts arrive") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    SeededRandom random(seed);
    const std::size_t count = 1 + random.below(4);
    std::vector<ProbeOutcome> outcomes;
    for (std::size_t i = 0; i < count; ++i) {
      const Duration rtt = 1ms * (10 + static_cast<Duration::rep>(random.below(20)));
      switch (random.below(4)) {
        case 0:
          outcomes.push_back(open_after(40ms));
          break;
        case 1:
          outcomes.push_back(refused_after(rtt));
          break;
        case 2:
          outcomes.push_back(failed_here());
          break;
        default:
          outcomes.push_back(silent());
      }
    }
    const auto told = [&](const std::vector<std::size_t>& order) {
      Log host;
      for (std::size_t i = 0; i < count; ++i) ask(host.log, QuestionId::service, 443, start + i * 1ms);
      for (const std::size_t i : order)
        host.log.on_result(static_cast<AttemptId>(i), outcomes[i], start + 1s);
      const PortEvidence& port = host.port(443);
      return std::tuple(port.state, port.reason, port.rtt, port.attempts, port.given_up, port.waited,
                        port.answered(), host.log.last_heard(), host.log.in_flight());
    };
    std::vector<std::size_t> order(count);
    for (std::size_t i = 0; i < count; ++i) order[i] = i;
    const auto in_order = told(order);
    random.shuffle(order);
    RC_ASSERT(told(order) == in_order);
  }));
}
