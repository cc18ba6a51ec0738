#include "scanner/host_log.hpp"
#include "scanner/plan_shape.hpp"
#include "scanner/scanned.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

namespace {

// A host all of whose services accepted and whose CLS ports a firewall prohibited, by 40 ms, and which waits
// for the rest.
struct Begun {
  Begun() {
    std::vector<AttemptId> ids;
    for (std::size_t i = 0; i < before_sample; ++i) ids.push_back(host.start(Time{})->id);
    for (std::size_t i = 0; i < planned_essentials; ++i)
      host.on_result(ids[i], i < 3 ? open_after(40ms) : icmp_after(40ms), now);
  }
  // The next port of the sample.
  AttemptId start() {
    const auto probe = host.start(now);
    REQUIRE(probe);
    REQUIRE(probe->question == QuestionId::sample);
    return probe->id;
  }

  Time now{40ms};
  ProbePlan plan{64, 1};
  ScanRules rules{.host_rate = 0};
  HostScan host{Address(), plan, rules};
};

}  // namespace

TEST_CASE("A scan asks services, CLS, controls and then the sample, in the plan's order") {
  const ProbePlan plan(64, 1);
  const auto scan =
      scanned({.cls = Behaviour::refuse, .range = Behaviour::refuse, .outside = Behaviour::refuse},
              {.whole_sample = true});
  std::vector<Port> first_attempts;
  for (const auto& [probe, at] : scan.started) {
    const auto attempts = attempts_at(scan, probe.port);
    if (answers_for(probe) == AnswersFor::port && attempts.front() == at)
      first_attempts.push_back(probe.port);
  }
  REQUIRE(first_attempts.size() >= plan.size());  // the edges of the range come on top
  for (std::size_t i = 0; i < plan.size(); ++i) CHECK(first_attempts[i] == plan.ports()[i].port);
}

TEST_CASE(
    "After its first ports a sample that is all silent, or all answered, can wait, and one that is neither "
    "cannot") {
  Begun begun;
  HostScan& host = begun.host;
  std::vector<AttemptId> sample;
  for (int i = 0; i < 16; ++i) {
    REQUIRE(host.pressing_at() <= begun.now);
    CHECK(host.patient_at() == Time::max());
    sample.push_back(begun.start());
  }
  CHECK(host.patient_at() <= begun.now);
  CHECK(host.pressing_at() > begun.now);
  CHECK(host.unasked() == 48);
  host.on_result(sample[8], refused_after(40ms), begun.now);
  host.on_result(sample[9], silent(), begun.now);
  CHECK(host.pressing_at() <= begun.now);
  CHECK(host.patient_at() == Time::max());
}

TEST_CASE("A sample that something in front refuses here and there only cannot wait") {
  Begun begun;
  std::vector<AttemptId> sample;
  for (int i = 0; i < 16; ++i) sample.push_back(begun.start());
  for (std::size_t i = 8; i < 12; ++i) begun.host.on_result(sample[i], refused_after(5ms), begun.now);
  begun.host.on_result(sample[12], silent(), begun.now);
  CHECK(begun.host.patient_at() == Time::max());
}

TEST_CASE(
    "Half of a sample is enough where it answers alike, or is silent beside open CLS ports, unless all is "
    "wanted") {
  for (const char letter : {'A', 'B', 'D', 'E'}) {
    const auto sampled = [letter](const ScanRules& rules) {
      return classify(scanned(case_of(letter), rules).evidence).range.sampled;
    };
    INFO(letter);
    CHECK(sampled({}) == 32);
    CHECK(sampled({.host_rate = 100}) == 32);
    CHECK(sampled({.host_rate = 0}) == 32);
    CHECK(sampled({.whole_sample = true}) == 64);
  }
}

TEST_CASE("A range that is passed in part is asked the whole sample") {
  Host host{.cls = Behaviour::ignore, .range = Behaviour::refuse};
  host.passed_from = 51000;
  host.passed_to = 52999;
  for (const double host_rate : {4.0, 100.0})
    CHECK(classify(scanned(host, {.host_rate = host_rate}).evidence).range.sampled == 64);
}

TEST_CASE(
    "Silence of a host that is there, and whose CLS ports are not all open, is asked the whole sample") {
  for (const auto& host : {case_of('C'), case_of('G')})
    for (const double host_rate : {0.0, 4.0, 100.0})
      CHECK(classify(scanned(host, {.host_rate = host_rate}).evidence).range.sampled == 64);
  const Host nobody{.service = Behaviour::ignore,
                    .cls = Behaviour::ignore,
                    .range = Behaviour::ignore,
                    .outside = Behaviour::ignore};
  CHECK(classify(scanned(nobody).evidence).range.sampled == 32);
}

TEST_CASE(
    "Of a silent host that stopped responding by the first half of its sample the other half is not asked") {
  for (const double host_rate : {0.0, 4.0, 100.0}) {
    INFO(host_rate);
    Host host = case_of('C');
    host.blocks_after = 30;
    const auto scan = scanned(host, {.host_rate = host_rate});
    CHECK(reason_of(scan) == "blocked-during-scan");
    CHECK(sample_of(scan.evidence) == 32);
    host.blocks_after = 60;  // in the second half
    CHECK(sample_of(scanned(host, {.host_rate = host_rate}).evidence) == 64);
  }
}

TEST_CASE("A host that wakes once half of its sample was silent is asked the other half") {
  Host host = case_of('C');
  host.deaf_from = Time{};
  host.deaf_until = Time{} + 1900ms;  // 443 is heard at the kernel's third SYN
  const auto scan = scanned(host, {.host_rate = 100});
  CHECK(reason_of(scan) == "range-silent");
  CHECK(sample_of(scan.evidence) == 64);
}

TEST_CASE("A packet lost in the first half of a sample is sent again, and not the other half") {
  constexpr std::size_t lost = before_sample + 7;
  const Port port = ProbePlan(64, 1).ports()[lost].port;
  Host host = case_of('B');
  const ScanRules rules{.host_rate = 100};
  host.deaf_from = attempts_at(scanned(host, rules), port).front() - 1ms;
  host.deaf_until = host.deaf_from + 2ms;
  const auto scan = scanned(host, rules);
  CHECK(scan.evidence.ports[lost].answered_at == 2);
  CHECK(classify(scan.evidence).range.sampled == 32);
}

TEST_CASE("Where all of the sample is wanted, it is asked of a host that stopped responding, too") {
  Host host{.range = Behaviour::refuse, .blocks_after = 16};
  for (const unsigned retries : {0U, 1U, 2U}) {
    const auto scan = scanned(host, {.host_rate = 100, .retries = retries, .whole_sample = true});
    CHECK(scan.evidence.ports.size() == whole_plan);
    CHECK(ports_not_run(scan.evidence) == 0);
  }
}

TEST_CASE("A host that stopped responding before its sample was asked was not interrupted") {
  Host host{.cls = Behaviour::refuse, .blocks_after = 3};
  for (const double rate : {4.0, 0.2})
    for (const std::size_t sample : {1U, 4U, 6U})
      CHECK(reason_of(scanned(host, {.host_rate = rate, .retries = 1}, sample)) != "interrupted");
}

TEST_CASE("A burst of loss in mid-scan leaves nothing of the sample out") {
  struct Burst {
    double rate;
    Duration from;
    Duration length;
  };
  for (const auto& [rate, from, length] :
       {Burst{100, 700ms, 2000ms}, Burst{20, 2s, 2000ms}, Burst{4, 8s, 2500ms}}) {
    INFO(rate);
    Host host{.range = Behaviour::refuse, .passed_from = 55000};
    host.deaf_from = Time{} + from;
    host.deaf_until = Time{} + from + length;
    const auto scan = scanned(host, {.host_rate = rate});
    CHECK(reason_of(scan) == "range-answers");
    REQUIRE(scan.evidence.liveness);
    CHECK(scan.evidence.liveness->answered());
    CHECK(sample_of(scan.evidence) == 64);
  }
}
