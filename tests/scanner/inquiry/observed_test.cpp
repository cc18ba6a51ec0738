#include "scanner/inquiry/observed.hpp"

#include "scanner/evidence_maker.hpp"
#include "scanner/host_log.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;
constexpr auto not_yet = FirstHalf::Shows::not_yet;
constexpr auto alike = FirstHalf::Shows::alike;
constexpr auto mixed = FirstHalf::Shows::mixed;

namespace {

constexpr std::size_t half = 32;
const ProbeOutcome refused = refused_after(host_rtt);

// All that comes before the sample was asked: a service is open, CLS ports and controls are silent.
HostLog living_host(const ProbeOutcome& control = silent()) {
  HostLog host;
  host.answer_all(Role::service, open_after(host_rtt));
  host.answer_all(Role::cls, silent());
  host.answer_all(Role::control, control);
  return host;
}

HostLog host_with(std::size_t sampled, const ProbeOutcome& sample, const ProbeOutcome& control = silent()) {
  HostLog host = living_host(control);
  host.answer_sample(sampled, sample);
  return host;
}

FirstHalf::Shows shown_by(const HostLog& host) {
  return host.seen().first_half().shows;
}

}  // namespace

TEST_CASE("Where a dozen sample ports and every control accepted, a middlebox accepts everything") {
  const ProbeOutcome open = open_after(host_rtt);
  CHECK_FALSE(host_with(11, open, open).seen().accepts_everything());
  CHECK(host_with(12, open, open).seen().accepts_everything());
  CHECK_FALSE(host_with(12, open).seen().accepts_everything());
  CHECK_FALSE(host_with(12, refused, open).seen().accepts_everything());
}

TEST_CASE("Half of a sample is enough from 32 ports on, unless all of it is wanted") {
  CHECK(HostLog(64).seen().half_of_sample() == 32);
  CHECK(HostLog(62).seen().half_of_sample() == 62);
  CHECK(HostLog(64, {.whole_sample = true}).seen().half_of_sample() == 64);
}

TEST_CASE("A half that answered alike throughout is alike") {
  for (const auto& answer : {icmp_after(front_rtt), refused, refused_after(front_rtt)}) {
    const HostLog host = host_with(half, answer);
    CHECK(shown_by(host) == alike);
    CHECK(host.seen().first_half().any_answer);
    CHECK(host.seen().sample_left() == 0);
  }
}

TEST_CASE("A half without an answer is silent once more than an eighth of it was given up") {
  CHECK(shown_by(host_with(half, silent())) == FirstHalf::Shows::silence);
  for (const std::size_t given_up : {4U, 5U}) {
    HostLog host = host_with(given_up, silent());
    for (std::size_t i = given_up; i < half; ++i) host.ask(host.sample_port(i));
    CHECK(shown_by(host) == (given_up == 5 ? FirstHalf::Shows::silence : not_yet));
    CHECK_FALSE(host.seen().first_half().any_answer);
  }
}

TEST_CASE(
    "A half that is refused is awaited as long as any of it is, failed at home or was returned unsent") {
  HostLog host = host_with(half - 1, refused);
  const Port last = host.sample_port(half - 1);
  SECTION("in flight") {
    host.ask(last);
  }
  SECTION("failed at home") {
    host.answer(last, failed_here());
  }
  SECTION("returned unsent") {
    host.log.return_unsent(host.ask(last));
  }
  CHECK(shown_by(host) == not_yet);
}

TEST_CASE("A sample that is passed in part, answers in two ways, or accepts, is mixed") {
  HostLog host = living_host();
  SECTION("silences beside refusals") {
    host.answer_sample(5, silent());
    for (std::size_t i = 5; i < half; ++i) host.answer(host.sample_port(i), refused);
  }
  SECTION("an ICMP error beside refusals") {
    host.answer_sample(half - 1, refused);
    host.answer(host.sample_port(half - 1), icmp_after(host_rtt));
  }
  SECTION("a refusal by the host beside those of something in front of it") {
    host.answer_sample(half - 1, refused);
    host.answer(host.sample_port(half - 1), refused_after(front_rtt));
  }
  SECTION("an open port among refusals") {
    host.answer_sample(half - 1, refused);
    host.answer(host.sample_port(half - 1), open_after(host_rtt));
  }
  SECTION("an open port among silences") {
    host.answer_sample(half - 1, silent());
    host.answer(host.sample_port(half - 1), open_after(host_rtt));
  }
  CHECK(shown_by(host) == mixed);
  CHECK(host.seen().rest_is_wanted());
  CHECK(host.seen().sample_left() == 32);
}

TEST_CASE("Few silences among answers are taken for lost packets, until they were asked again in vain") {
  HostLog host = living_host();
  host.answer_sample(half - 2, refused);
  const Port one = host.sample_port(half - 2);
  host.answer(one, silent());
  host.answer(host.sample_port(half - 1), silent());
  CHECK(shown_by(host) == alike);
  CHECK(host.seen().sample_left() == 0);
  CHECK(host.wanted(QuestionId::doubted_edge));
  host.now += 2s;
  const AttemptId again = host.ask(one);
  CHECK(shown_by(host) == not_yet);
  host.log.on_result(again, silent(), host.now + 500ms);
  CHECK(shown_by(host) == mixed);
  CHECK(host.seen().rest_is_wanted());
}

TEST_CASE("Answers that are late count as silences: a mixed half shows before they are given up") {
  HostLog host = living_host();
  host.answer_sample(half - 5, refused);
  for (std::size_t i = half - 5; i < half; ++i) host.ask(host.sample_port(i));
  CHECK(shown_by(host) == not_yet);
  host.now += host.log.rtt().late_after();
  CHECK(shown_by(host) == not_yet);
  CHECK(host.seen().next_late_at() == host.now + Duration{1});
  host.now += Duration{1};
  CHECK(shown_by(host) == mixed);
  CHECK(host.seen().next_late_at() == Time::max());
}

TEST_CASE("Silence decides where a host is there and the agent does not show") {
  CHECK(host_with(half, silent()).seen().rest_is_wanted());
  SECTION("not where nothing has answered") {
    HostLog host;
    for (const Role role : {Role::service, Role::cls, Role::control}) host.answer_all(role, silent());
    host.answer_sample(half, silent());
    CHECK_FALSE(host.seen().rest_is_wanted());
    CHECK(host.seen().sample_left() == 0);
  }
  SECTION("nor where nothing but an ICMP error has") {
    HostLog host;
    host.answer_all(Role::service, icmp_after(host_rtt, Reason::host_unreach));
    for (const Role role : {Role::cls, Role::control}) host.answer_all(role, silent());
    host.answer_sample(half, silent());
    CHECK_FALSE(host.seen().rest_is_wanted());
  }
  SECTION("nor where two CLS ports are open, though one is not enough") {
    HostLog host = host_with(half, silent());
    for (std::size_t open = 0; open < 3; ++open) {
      CHECK(host.seen().agent_shows() == (open >= 2));
      CHECK(host.seen().rest_is_wanted() == (open < 2));
      host.answer(cls_ports[open], open_after(host_rtt));
    }
  }
}

TEST_CASE(
    "A refusal in the range, or a port open there but for CLS, means something only beside the controls") {
  const auto rests = [](std::size_t index, const ProbeOutcome& outcome) {
    HostLog host;
    for (std::size_t i = 0; i < index; ++i) host.answer_index(i, silent());
    host.answer_index(index, outcome);
    return host.seen().rests_on_controls();
  };
  constexpr std::size_t service = 0;
  constexpr std::size_t cls = 3;
  constexpr std::size_t sample = 10;
  CHECK(rests(sample, refused));
  CHECK(rests(cls, refused));
  CHECK(rests(sample, open_after(host_rtt)));
  CHECK_FALSE(rests(cls, open_after(host_rtt)));
  CHECK_FALSE(rests(sample, silent()));
  CHECK_FALSE(rests(sample, icmp_after(host_rtt, Reason::port_unreach)));
  CHECK_FALSE(rests(service, open_after(host_rtt)));
}

TEST_CASE("CLS ports are pending until each has answered or is late, whatever was returned unsent") {
  HostLog host;
  const auto pending = [&] {
    const Observed seen = host.seen();
    return seen.count(Role::cls)[Fate::unasked] + seen.count(Role::cls)[Fate::awaited];
  };
  CHECK(pending() == 3);
  host.log.return_unsent(host.ask(cls_ports[0]));
  CHECK(pending() == 3);
  host.answer(cls_ports[0], open_after(host_rtt));
  host.answer(cls_ports[1], silent());
  CHECK(pending() == 1);
  host.ask(cls_ports[2]);
  CHECK(pending() == 1);
  host.now += 1s;
  CHECK(pending() == 0);
}

TEST_CASE("A port that was answered once is answered, though further attempts at it are in flight") {
  HostLog host;
  host.answer(cls_ports[0], silent());
  host.ask(cls_ports[0]);
  CHECK(host.seen().fate(3) == Fate::awaited);
  host.now += 1s;
  CHECK(host.seen().fate(3) == Fate::silent);
  host.answer(cls_ports[0], open_after(host_rtt));
  CHECK(host.seen().fate(3) == Fate::open);
}

TEST_CASE("A host is in doubt once a check is late, until anything answers that was asked since") {
  HostLog host = living_host();
  const AttemptId before = host.ask(host.sample_port(0));
  host.now += 1s;
  const AttemptId check = host.log.start(row_of(QuestionId::service_rtt), 443, host.now);
  CHECK_FALSE(host.seen().is_in_doubt());
  host.now += 1s;
  CHECK(host.seen().is_in_doubt());
  const AttemptId after = host.ask(host.sample_port(1));
  host.log.on_result(before, refused_after(1s), host.now);
  CHECK(host.seen().is_in_doubt());
  SECTION("a port that was asked since") {
    host.log.on_result(after, refused, host.now);
  }
  SECTION("the check itself") {
    host.log.on_result(check, open_after(0ms), host.now);
  }
  CHECK_FALSE(host.seen().is_in_doubt());
}

TEST_CASE("A check that failed at home or was returned unsent puts no host in doubt") {
  HostLog host = living_host();
  host.now += 1s;
  host.log.return_unsent(host.log.start(row_of(QuestionId::service_rtt), 443, host.now));
  host.log.on_result(host.log.start(row_of(QuestionId::service_rtt), 443, host.now), failed_here(), host.now);
  host.now += 1s;
  CHECK_FALSE(host.seen().is_in_doubt());
}

TEST_CASE("A host stopped responding when its liveness check is silent") {
  HostLog host = living_host();
  CHECK_FALSE(host.seen().stopped_responding());
  const AttemptId check = host.log.start(row_of(QuestionId::liveness), 443, host.now);
  CHECK_FALSE(host.seen().stopped_responding());
  host.log.on_result(check, silent(), host.now + 3s);
  CHECK(host.seen().stopped_responding());
  CHECK(host.seen().unasked() == 0);
}

TEST_CASE("As many ports are unasked as are to have their first attempt yet, as far as is known") {
  HostLog host;
  CHECK(host.seen().unasked() == host.plan.size());
  host.answer(443, open_after(host_rtt));
  CHECK(host.seen().unasked() == host.plan.size() - 1);
  host.answer_all(Role::cls, silent());
  CHECK(host.seen().unasked() == host.plan.size() - 4);
  CHECK(host_with(half, refused).seen().unasked() == 0);
}

TEST_CASE(
    "The liveness port is an open service before any other answer of the host, that before an ICMP error, "
    "then "
    "the earlier") {
  EvidenceMaker maker(4);
  maker.all(Role::sample, silence()).all(Role::control, silence());
  CHECK_FALSE(liveness_port(maker.evidence));
  maker.some(Role::service, 1, icmp(Reason::port_unreach));
  CHECK(liveness_port(maker.evidence) == 0U);
  maker.some(Role::cls, 2, rst());
  CHECK(liveness_port(maker.evidence) == 3U);
  maker.some(Role::service, 2, syn_ack()).rest(Role::cls, syn_ack());
  CHECK(liveness_port(maker.evidence) == 1U);
  maker.evidence.ports[1].asked += std::chrono::seconds(1);  // answered a later attempt only
  CHECK(liveness_port(maker.evidence) == 2U);
}

TEST_CASE("A port that failed here is asked again after a pause that grows, as often as there are retries") {
  HostLog host;
  const Question& cls = row_of(QuestionId::cls);
  Duration before{};
  for (unsigned failures = 1; failures <= host.rules.retries; ++failures) {
    host.answer(cls_ports[0], failed_here());
    const Time next = host.seen().next_try(3, cls);
    REQUIRE(next < Time::max());
    CHECK(next - host.now > before);
    before = next - host.now;
    host.now = next;
  }
  host.answer(cls_ports[0], failed_here());
  CHECK(host.seen().next_try(3, cls) == Time::max());
}
