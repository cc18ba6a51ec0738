#include "scanner/schedule/schedule.hpp"

#include <rapidcheck.h>

#include <array>
#include <map>
#include <set>
#include <string>

#include "scanner/judging/classify.hpp"
#include "scanner/plan_shape.hpp"
#include "scanner/scanned.hpp"
#include "scanner/survey/host_report.hpp"
#include "scanner/virtual_survey.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

namespace {

ProbeLedger ledger_of_all(const SurveyRun& run) {
  ProbeLedger sum;
  for (const auto& evidence : run.finished) sum += ledger_of(evidence);
  return sum;
}

// What must hold of every survey, however it went.
void check_books(const SurveyRun& run) {
  CHECK_FALSE(run.waited_for_nothing);
  CHECK(run.finished.size() == run.admitted);
  std::set<Address> distinct;
  for (const auto& evidence : run.finished) distinct.insert(evidence.address);
  CHECK(distinct.size() == run.finished.size());
  const ProbeLedger ledger = ledger_of_all(run);
  CHECK(ledger.adds_up());
  CHECK(ledger.attempts == run.started - run.returned);
}

// Over all windows: from any start to any later one, no more than 1 + (window + tolerance) * rate.
bool never_above(const std::vector<Time>& starts, double rate, Duration tolerance) {
  // count(i..j) <= 1 + rate * (t[j] - t[i] + tolerance), so j - rate * t[j] may not exceed the least of
  // i - rate * t[i] by more than rate * tolerance.
  double least = 0;
  for (std::size_t j = 0; j < starts.size(); ++j) {
    const double level =
        static_cast<double>(j) - rate * std::chrono::duration<double>(starts[j].time_since_epoch()).count();
    if (j == 0 || level < least) least = level;
    if (level - least > rate * std::chrono::duration<double>(tolerance).count() + 1e-6) return false;
  }
  return true;
}

// Boundary ports are asked on top of the plan.
std::size_t ports_of_the_plan(const Evidence& evidence) {
  return static_cast<std::size_t>(
      std::count_if(evidence.ports.begin(), evidence.ports.end(),
                    [](const auto& port) { return port.role != Role::boundary; }));
}

// A host that accepts everything is asked no more than it takes to see that; half a sample one that answers
// alike all over the range, or shows all CLS ports; the whole one that is silent.
std::size_t ports_of_case(const Evidence& evidence) {
  constexpr std::array<std::size_t, 7> ports{half_plan, half_plan,          whole_plan, half_plan,
                                             half_plan, before_sample + 12, whole_plan};
  return ports.at(host_of(evidence.address) % 7);
}

}  // namespace

TEST_CASE("A survey gives every host back once, with every planned port in a final state") {
  const SurveyRun run = survey({.hosts = 100, .pace = {.rate = 500}});
  check_books(run);
  REQUIRE(run.finished.size() == 100);
  const ProbeLedger ledger = ledger_of_all(run);
  for (const auto& evidence : run.finished) CHECK(ports_of_the_plan(evidence) == ports_of_case(evidence));
  CHECK(ledger.not_run == 0);
  CHECK(ledger.unknown == 0);
}

TEST_CASE("Every host of a survey gets the verdict of its case") {
  const std::map<char, std::string> expected{
      {'A', "cls-ports-open"}, {'B', "cls-ports-open"},     {'C', "range-silent"}, {'D', "range-rejected"},
      {'E', "cls-ports-open"}, {'F', "accepts-everything"}, {'G', "range-silent"}};
  for (const auto& evidence :
       survey({.hosts = 70, .pace = {.rate = 10'000}, .rules = {.host_rate = 100}}).finished) {
    const char letter = "ABCDEFG"[host_of(evidence.address) % 7];
    CHECK(to_string(classify(evidence).reason) == expected.at(letter));
  }
}

TEST_CASE("The survey's pace holds over every window, whatever the loss and however the clock stalls") {
  for (const double rate : {50.0, 500.0, 10'000.0}) {
    for (const Duration stall : {Duration(0ms), Duration(3ms), Duration(5s)}) {
      SurveySetup setup{.hosts = 60,
                        .pace = {.rate = rate},
                        .rules = {.host_rate = 100, .timeout = 1900ms},
                        .stall = stall,
                        .stall_every = 50};
      setup.host = [](std::size_t i) {
        Host host = case_of("ABCDEFG"[i % 7]);
        host.loss = 0.05;
        if (i % 5 == 0) host.service = Behaviour::ignore;
        return host;
      };
      const SurveyRun run = survey(setup);
      INFO(rate << "/s, stalls of " << stall.count() << " ns");
      check_books(run);
      CHECK(never_above(run.starts, rate, setup.pace.tolerance));
      CHECK(static_cast<double>(most_within(on_the_wire(run), 1s)) <= rate);
    }
  }
}

TEST_CASE(
    "No host of a survey sees more than its pace in any second, resends counted, however the clock stalls") {
  for (const double host_rate : {1.0, 4.0, 100.0}) {
    for (const Duration stall : {Duration(0ms), Duration(700ms)}) {
      SurveySetup setup{.hosts = 40,
                        .pace = {.rate = 10'000},
                        .rules = {.host_rate = host_rate, .timeout = 1900ms},
                        .stall = stall,
                        .stall_every = 97};
      setup.host = [](std::size_t i) {
        Host host = case_of("ABCDEFG"[i % 7]);
        host.loss = 0.1;
        host.rtt = i % 3 == 0 ? 700ms : 40ms;
        if (i % 4 == 0) host.service = Behaviour::ignore;
        return host;
      };
      const SurveyRun run = survey(setup);
      for (const auto& syns : run.syns) {
        INFO(host_rate << "/s");
        CHECK(static_cast<double>(most_within(syns, 1s)) <= host_rate);
      }
    }
  }
}

TEST_CASE("A survey of dead hosts, each probe resent by the kernel, stays within its pace on the wire") {
  SurveySetup setup{.hosts = 200, .pace = {.rate = 500}, .rules = {.timeout = 1900ms}};
  setup.host = [](std::size_t) { return Host{.service = Behaviour::ignore}; };
  const auto wire = on_the_wire(survey(setup));
  CHECK(most_within(wire, 1s) <= 500);
  CHECK(most_within(wire, 10s) <= 5000);
}

TEST_CASE("Never more probes are in flight than were allowed") {
  const SurveyRun run =
      survey({.hosts = 50, .pace = {.rate = 0}, .rules = {.host_rate = 0}, .max_in_flight = 7});
  check_books(run);
  CHECK(run.most_in_flight == 7);
}

TEST_CASE("Only as many hosts are held at once as the pace can use") {
  const SurveyRun run = survey({.hosts = 3000, .pace = {.rate = 500}, .keep_syns = true});
  check_books(run);
  CHECK(run.most_active < 700);  // of half a minute's probes most hosts have some asked already
  CHECK(run.finished.size() == 3000);
}

TEST_CASE("Even without any pace the hosts held at once are bounded") {
  SurveySetup setup{.hosts = 12'000, .pace = {.rate = 0}, .sample = 1, .max_in_flight = 1'000'000};
  CHECK(survey(setup).most_active <= 8192);
}

TEST_CASE("A survey keeps its pace busy: it takes no longer than its probes need") {
  const SurveyRun run = survey({.hosts = 1000, .pace = {.rate = 500}});
  const double ideal = static_cast<double>(on_the_wire(run).size()) / 500;
  CHECK(std::chrono::duration<double>(run.ended.time_since_epoch()).count() < 1.1 * ideal + 60);
}

TEST_CASE(
    "A survey's end is no queue of slow hosts: it takes little more than its probes, or one host's path") {
  SurveySetup setup{
      .hosts = 2500, .pace = {.rate = 10'000}, .rules = {.host_rate = 100}, .max_in_flight = 20'000};
  setup.host = [](std::size_t i) {
    Host host = case_of("ABCDECCGCC"[i % 10]);
    host.rtt = std::chrono::milliseconds(20 + 7 * (i % 25));
    host.loss = i % 3 == 0 ? 0.02 : 0;
    return host;
  };
  const SurveyRun run = survey(setup);
  const double pace_alone = static_cast<double>(on_the_wire(run).size()) / 10'000;
  // A lossy host's own path: a CLS port's tries and pauses, another at the end, the liveness check's and the
  // CLS ports after loss.
  constexpr double own_path = 6;
  CHECK(std::chrono::duration<double>(run.ended.time_since_epoch()).count() < 1.02 * pace_alone + own_path);
}

TEST_CASE("No host starves: hosts end in about the order in which they came") {
  const SurveyRun run = survey({.hosts = 2000, .pace = {.rate = 500}});
  for (std::size_t i = 0; i < run.finished.size(); ++i) {
    const auto came = static_cast<std::ptrdiff_t>(host_of(run.finished[i].address));
    // Second halves of silent samples wait for the first halves of later hosts, as many as the reserve holds.
    CHECK(std::abs(came - static_cast<std::ptrdiff_t>(i)) < 1000);
  }
}

TEST_CASE("Stopping at any moment drains what is in flight, starts nothing more, and keeps the books") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    SurveySetup setup{
        .hosts = 20, .pace = {.rate = 2000}, .rules = {.host_rate = 100}, .sample = 64, .seed = seed};
    setup.stop_after = *rc::gen::inRange<std::size_t>(1, 3000);
    setup.no_descriptor = 0.05;
    setup.most_returned = 30;
    const SurveyRun run = survey(setup);
    RC_ASSERT(!run.waited_for_nothing);
    RC_ASSERT(run.finished.size() == run.admitted);
    const ProbeLedger ledger = ledger_of_all(run);
    RC_ASSERT(ledger.adds_up());
    for (const auto& evidence : run.finished) {
      const std::size_t asked = ports_of_the_plan(evidence);
      const std::size_t at_its_end = ports_of_case(evidence);
      // That everything is accepted shows later where some of the first probes were returned unsent.
      const bool is_late =
          at_its_end == before_sample + 12 && asked > at_its_end && asked < before_sample + 24;
      RC_ASSERT(asked == whole_plan || asked == at_its_end || is_late);
      const bool vouched = evidence.liveness && evidence.liveness->state != PortState::unknown;
      RC_ASSERT(vouched || classify(evidence).verdict != Verdict::closed);
    }
    RC_ASSERT(ledger.attempts == run.started - run.returned);
  }));
}

TEST_CASE("Probes returned unsent for want of a descriptor are neither lost nor doubled") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    SurveySetup setup{
        .hosts = 15, .pace = {.rate = 2000}, .rules = {.host_rate = 100}, .sample = 64, .seed = seed};
    setup.no_descriptor = *rc::gen::element(0.01, 0.3, 1.0);
    setup.most_returned = *rc::gen::inRange<std::size_t>(0, 200);
    const SurveyRun run = survey(setup);
    RC_ASSERT(!run.waited_for_nothing);
    RC_ASSERT(run.finished.size() == 15U);
    const ProbeLedger ledger = ledger_of_all(run);
    RC_ASSERT(ledger.not_run + ledger.unknown == 0U);
    RC_ASSERT(ledger.attempts == run.started - run.returned);
  }));
}

TEST_CASE(
    "A descriptor that is not to be had lowers how many are in flight, and with none in flight all starts "
    "pause") {
  const ProbePlan plan(8, 1);
  const ScanRules rules;
  Schedule schedule(plan, rules, {.rate = 0}, 100);
  REQUIRE(std::holds_alternative<AdmitHost>(schedule.next(Time{})));
  schedule.admit(address_of(1));
  const auto first = std::get<StartProbe>(schedule.next(Time{}));
  schedule.admit(address_of(2));
  const auto second = std::get<StartProbe>(schedule.next(Time{}));
  CHECK(schedule.in_flight() == 2);
  schedule.return_unsent(second.ticket, Time{});
  CHECK(schedule.max_in_flight() == 1);
  CHECK(std::get<WaitUntil>(schedule.next(Time{})).time == Time::max());
  schedule.return_unsent(first.ticket, Time{});
  CHECK(std::get<WaitUntil>(schedule.next(Time{})).time == Time{300ms});
  CHECK(std::holds_alternative<StartProbe>(schedule.next(Time{300ms})));
}

TEST_CASE("While no host is at hand the schedule waits, and goes on when one is") {
  const ProbePlan plan(8, 1);
  const ScanRules rules;
  Schedule schedule(plan, rules, {}, 10);
  schedule.no_host_yet();
  CHECK(std::get<WaitUntil>(schedule.next(Time{})).time == Time::max());
  schedule.hosts_available();
  CHECK(std::holds_alternative<AdmitHost>(schedule.next(Time{})));
  schedule.no_more_hosts();
  schedule.hosts_available();  // too late: nobody asks again
  CHECK(std::holds_alternative<Finished>(schedule.next(Time{})));
  CHECK(schedule.active_hosts() == 0);
}

TEST_CASE("A survey stopped before its first host is finished at once") {
  const ProbePlan plan(8, 1);
  const ScanRules rules;
  Schedule schedule(plan, rules, {}, 10);
  schedule.stop(Time{});
  schedule.stop(Time{});
  CHECK(std::holds_alternative<Finished>(schedule.next(Time{})));
}

TEST_CASE("A host admitted and stopped before its turn is handed back with nothing run") {
  const ProbePlan plan(8, 1);
  const ScanRules rules;
  Schedule schedule(plan, rules, {}, 10);
  schedule.admit(address_of(1));
  schedule.stop(Time{});
  const auto step = schedule.next(Time{});
  REQUIRE(std::holds_alternative<HostFinished>(step));
  CHECK(ledger_of(std::get<HostFinished>(step).evidence).not_run == plan.size());
  CHECK(std::holds_alternative<Finished>(schedule.next(Time{})));
}

// A million in a release build; a build with checks on asks fewer, which takes it as long.
TEST_CASE("A survey of a million hosts runs in virtual time, in memory that does not grow with it") {
#ifdef NDEBUG
  constexpr std::size_t hosts = 1'000'000;
#else
  constexpr std::size_t hosts = 10'000;
#endif
  SurveySetup setup{.hosts = hosts,
                    .pace = {.rate = 10'000},
                    .rules = {.host_rate = 100, .retries = 0},
                    .sample = 1,
                    .max_in_flight = 20'000,
                    .keep_syns = false};
  VirtualSurvey survey(setup);
  const SurveyRun run = survey.run();
  CHECK_FALSE(run.waited_for_nothing);
  CHECK(survey.forgotten() + run.finished.size() == hosts);
  CHECK(run.most_active <= 8192);
}

namespace {

// When the last of its sample was asked, of every host of a quick survey in which every second host is far.
std::vector<Time> samples_ended(std::size_t hosts, const Host& kind) {
  SurveySetup setup{
      .hosts = hosts, .pace = {.rate = 10'000}, .rules = {.host_rate = 100}, .max_in_flight = 20'000};
  setup.host = [kind](std::size_t i) {
    Host host = kind;
    host.rtt = i % 2 == 0 ? 20ms : 200ms;
    return host;
  };
  const SurveyRun run = survey(setup);
  std::vector<Time> ended(hosts);
  for (const auto& evidence : run.finished)
    for (const auto& port : evidence.ports)
      if (port.role == Role::sample)
        ended[host_of(evidence.address)] = std::max(ended[host_of(evidence.address)], port.asked);
  return ended;
}

Host refusing() {
  Host host = case_of('B');
  host.cls = Behaviour::refuse;
  return host;
}

}  // namespace

TEST_CASE("Once every host is admitted the farthest have their samples first") {
  const auto ended = samples_ended(3000, refusing());
  std::array<double, 2> sum{};
  for (std::size_t host = 0; host < ended.size(); ++host)
    sum[host % 2] += std::chrono::duration<double>(ended[host].time_since_epoch()).count();
  CHECK(sum[1] / 1500 + 1 < sum[0] / 1500);
}

TEST_CASE(
    "The last hosts of a survey take turns: their samples end together, and none is asked faster than it "
    "must") {
  const auto ended = samples_ended(300, refusing());
  const auto [first, last] = std::minmax_element(ended.begin(), ended.end());
  CHECK(*last - *first < 300ms);
}

TEST_CASE("Second halves of silent samples are asked host by host: few hosts are left for a survey's end") {
  const auto ended = samples_ended(300, case_of('C'));
  const auto [first, last] = std::minmax_element(ended.begin(), ended.end());
  CHECK(*last - *first > 700ms);  // they take 300 hosts x 32 ports / 10,000 a second
}

TEST_CASE("An opening is searched with fewer ports while the survey has much else to ask") {
  const auto searched = [](std::size_t hosts) {
    SurveySetup setup{
        .hosts = hosts, .pace = {.rate = 10'000}, .rules = {.host_rate = 100}, .max_in_flight = 20'000};
    setup.host = [](std::size_t i) {
      Host host = case_of('C');
      if (i == 0) host = {.range = Behaviour::refuse, .passed_from = 52345, .passed_to = 56789};
      return host;
    };
    std::ptrdiff_t ports = 0;
    for (const auto& evidence : survey(setup).finished) {
      if (host_of(evidence.address) != 0) continue;
      const auto spans = classify(evidence).range.spans;
      REQUIRE(spans);
      CHECK(spans->front() == PortRange{52345, 56789});
      ports = std::count_if(evidence.ports.begin(), evidence.ports.end(),
                            [](const PortEvidence& port) { return port.role == Role::boundary; });
    }
    return ports;
  };
  CHECK(searched(3000) < searched(1));
}

TEST_CASE("A probe that left late holds the next one back, whichever host it is for") {
  const ProbePlan plan(8, 1);
  const ScanRules rules{.host_rate = 0};
  Schedule schedule(plan, rules, {.rate = 100, .tolerance = {}}, 10);
  REQUIRE(std::holds_alternative<AdmitHost>(schedule.next(Time{})));
  schedule.admit(Address());
  schedule.no_more_hosts();
  const Step first = schedule.next(Time{});
  REQUIRE(std::holds_alternative<StartProbe>(first));
  schedule.on_sent(std::get<StartProbe>(first).ticket, Time{50ms});
  const Step next = schedule.next(Time{50ms});
  REQUIRE(std::holds_alternative<WaitUntil>(next));
  CHECK(std::get<WaitUntil>(next).time >= Time{60ms});
  CHECK(std::get<WaitUntil>(next).time < Time{61ms});
}

TEST_CASE("A survey wakes for silences that are late: it takes no longer than its slowest host alone") {
  Host host{.range = Behaviour::refuse, .passed_from = 52345, .passed_to = 56789};
  host.rtt = 20ms;
  const ScanRules rules{.host_rate = 100};
  SurveySetup setup{.hosts = 1, .pace = {.rate = 0}, .rules = rules};
  setup.host = [&](std::size_t) { return host; };
  const auto alone = scanned(host, rules);
  CHECK(survey(setup).starts.back() <= alone.started.back().at + 20ms);
}
