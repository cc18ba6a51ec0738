#include "scanner/host_log.hpp"
#include "scanner/judging/range_picture.hpp"
#include "scanner/plan_shape.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::virtual_net;
using namespace std::chrono_literals;

namespace {

const Host opening{.range = Behaviour::refuse, .passed_from = 52345, .passed_to = 56789};

// First attempts of a search.
std::vector<Time> searches_at(const Scanned& scan) {
  return asked_for(scan, QuestionId::range_edge);
}

// The log of a host whose services are open and whose sample was asked: what it passes refuses.
struct Searched : HostLog {
  Searched(std::vector<PortRange> openings_passed, ScanRules with = {.host_rate = 100})
      : HostLog(64, with), openings(std::move(openings_passed)) {
    answer_all(Role::service, open_after(20ms));
    for (const Port port : cls_ports) ask_and_answer(port);
    answer_all(Role::control, silent());
    for (std::size_t i = 0; i < 64; ++i) ask_and_answer(sample_port(i));
    now += 5s;
  }
  bool passes(Port port) const {
    return std::any_of(openings.begin(), openings.end(),
                       [port](const PortRange& range) { return range.first <= port && port <= range.last; });
  }
  void ask_and_answer(Port port) { answer(port, passes(port) ? refused_after(20ms) : silent()); }
  // A port that was silent at its first attempt, and answers its second.
  void answer_late(Port port) {
    answer(port, silent());
    answer(port, refused_after(20ms));
  }
  // The search to its end, each silence asked again where that is wanted; how many ports it took.
  std::size_t search() {
    std::size_t ports = 0;
    for (int step = 0; step < 2000; ++step) {
      Want want = wanted(QuestionId::range_edge);
      ports += want ? 1U : 0U;
      if (!want) want = wanted(QuestionId::doubted_edge);
      if (!want) return ports;
      now = std::max(now, want.not_before);
      ask_and_answer(want.port);
      now += 1s;
    }
    FAIL("the search does not end");
    return ports;
  }
  bool was_asked(Port port) const {
    const auto& ports = log.evidence().ports;
    return std::any_of(ports.begin(), ports.end(), [port](const auto& asked) { return asked.port == port; });
  }
  std::string found() const {
    const auto spans = spans_of(log.evidence());
    if (!spans) return "unknown";
    std::string text;
    for (const auto& span : *spans) text += span.to_string() + ' ';
    return text;
  }

  std::vector<PortRange> openings;
};

}  // namespace

TEST_CASE("The ends of an opening are found to the port, and only the silences there are asked again") {
  const auto scan = scanned(opening);
  const auto spans = classify(scan.evidence).range.spans;
  REQUIRE(spans);
  REQUIRE(spans->size() == 1);
  CHECK(spans->front() == PortRange{52345, 56789});
  for (const auto& port : scan.evidence.ports) {
    INFO(port.port);
    if (port.role == Role::boundary)
      CHECK(port.attempts == (port.port == 52344 || port.port == 56790 ? 2 : 1));
  }
}

TEST_CASE("Several openings are told apart, and a range that is passed whole takes two questions") {
  Searched several({{50500, 51499}, {54000, 55999}, {58000, 58999}});
  several.search();
  CHECK(several.found() == "50500-51499 54000-55999 58000-58999 ");
  Searched whole({{50000, 59999}});
  CHECK(whole.search() <= 2);
  CHECK(whole.found() == "50000-59999 ");
}

TEST_CASE("Blocked CLS ports cut an opening in two, and the port below them belongs to it") {
  Searched blocked({{50000, 50000}, {50004, 59999}});
  CHECK(blocked.search() < 12);
  CHECK(blocked.found() == "50000 50004-59999 ");
  Searched elsewhere({{53000, 55999}});
  elsewhere.search();
  CHECK(elsewhere.found() == "53000-55999 ");
  CHECK_FALSE(elsewhere.was_asked(50000));
}

TEST_CASE("A silent host is not searched") {
  Searched nothing({});
  CHECK(nothing.search() == 0);
}

TEST_CASE("An end of an opening that a lost packet made up is not taken for one") {
  Host host = opening;
  host.loss = 0.05;
  int exact = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto spans = classify(scanned(host, {}, 64, seed).evidence).range.spans;
    exact += spans && spans->size() == 1 && spans->front() == PortRange{52345, 56789};
  }
  CHECK(exact >= 57);  // of 60
}

TEST_CASE("The liveness check comes after every port of a search for edges, though the search was resumed") {
  Host host = opening;
  host.loss = 0.1;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto scan = scanned(host, {.host_rate = 100}, 64, seed);
    const auto searches = searches_at(scan);
    REQUIRE(scan.evidence.liveness);
    CHECK(scan.evidence.liveness->answered());
    if (!searches.empty()) CHECK(asked_for(scan, QuestionId::liveness).back() > searches.back());
  }
}

TEST_CASE("A host that stopped responding in mid-scan is not searched for the ends of an opening") {
  Host host{.range = Behaviour::refuse};
  host.blocks_after = 30;
  const auto scan = scanned(host, {.host_rate = 100});
  REQUIRE_FALSE(scan.evidence.liveness->answered());
  CHECK(most_attempts(scan.evidence, Role::boundary) == 0);
}

TEST_CASE("Where one silence of a search for edges was a lost packet, the others are asked again at once") {
  Host host = opening;
  const auto lossless = scanned(host, {.host_rate = 100});
  host.deaf_from = searches_at(lossless).front();
  host.deaf_until = host.deaf_from + 600ms;
  const auto scan = scanned(host, {.host_rate = 100});
  const auto spans = classify(scan.evidence).range.spans;
  REQUIRE(spans);
  CHECK(spans->front() == PortRange{52345, 56789});
  CHECK(scan.started.back().at < lossless.started.back().at + 3s);
}

TEST_CASE("The search begins before the last silences of the sample are given up") {
  const auto scan = scanned(opening, {.host_rate = 100});
  const Time sample_ended =
      std::max(asked_for(scan, QuestionId::sample).back(), asked_for(scan, QuestionId::sample_rest).back());
  const Time search_began = searches_at(scan).front();
  CHECK(search_began > sample_ended);
  CHECK(search_began < sample_ended + 300ms);
}

TEST_CASE("A search goes on as soon as its silences are late, though no answer comes") {
  Host host{.range = Behaviour::refuse, .passed_from = 52345};
  host.rtt = 20ms;
  std::vector<Time> rounds = searches_at(scanned(host, {.host_rate = 0}));
  rounds.erase(std::unique(rounds.begin(), rounds.end()), rounds.end());
  REQUIRE(rounds.size() > 3);
  CHECK((rounds.back() - rounds.front()) / (rounds.size() - 1) < 160ms);  // each is waited for 500 ms
}

TEST_CASE("A search asks several ports a round, and where there is time one") {
  const auto asked_in_a_round = [](double host_rate) {
    constexpr Duration rtt = 40ms;
    HostLog host(64, {.host_rate = host_rate});
    host.answer_all(Role::service, open_after(rtt));
    host.answer_all(Role::cls, silent());
    host.answer_all(Role::control, silent());
    for (std::size_t i = 0; i < 64; ++i)
      host.answer(host.sample_port(i), host.sample_port(i) >= 55000 ? refused_after(rtt) : silent());
    host.now += 5s;
    std::size_t ports = 0;
    for (; host.wanted(QuestionId::range_edge); ++ports) host.ask(host.wanted(QuestionId::range_edge).port);
    return ports;
  };
  // Between the two, and at the upper end of the range.
  CHECK(asked_in_a_round(100) == 4 + 1);
  CHECK(asked_in_a_round(4) == 1 + 1);
}

TEST_CASE("Any opening of a tenth of the range is found to the port, in a bounded number of questions") {
  SeededRandom random(1);
  for (int i = 0; i < 30; ++i) {
    const auto first = static_cast<Port>(50000 + random.below(9000));
    const auto last = static_cast<Port>(first + 999 + random.below(60000U - first - 999));
    for (const double host_rate : {100.0, 4.0}) {
      Searched host({{first, last}}, {.host_rate = host_rate});
      INFO(first << '-' << last << " at " << host_rate);
      CHECK(host.search() <= (host_rate > 20 ? 40U : 24U));
      CHECK(host.found() == PortRange{first, last}.to_string() + ' ');
    }
  }
}

TEST_CASE("A silence in the midst of an opening is asked again before anything is searched beside it") {
  Searched host({{52000, 56000}});
  host.search();
  host.answer(54321, silent());
  host.now += 5s;
  CHECK_FALSE(host.wanted(QuestionId::range_edge));
  CHECK(host.wanted(QuestionId::doubted_edge).port == 54321);
  const AttemptId again = host.ask(54321);
  CHECK_FALSE(host.wanted(QuestionId::range_edge));
  host.log.on_result(again, silent(), host.now + 500ms);  // a gap after all
  host.now += 5s;
  CHECK(host.wanted(QuestionId::range_edge));
}

TEST_CASE("A silence at an end of the range is asked again before anything is searched beside it") {
  Searched host({{50000, 59999}});
  host.answer(50000, refused_after(20ms));
  host.answer(59999, silent());
  host.now += 5s;
  CHECK_FALSE(host.wanted(QuestionId::range_edge));
  CHECK(host.wanted(QuestionId::doubted_edge).port == 59999);
}

TEST_CASE("Of the silences of a search only the ones at the ends of an opening are asked again") {
  Searched host({{52000, 56000}});
  while (const Want want = host.wanted(QuestionId::range_edge)) {
    host.ask_and_answer(want.port);
    host.now += 1s;
  }
  std::vector<Port> again;
  while (const Want want = host.wanted(QuestionId::doubted_edge)) {
    again.push_back(want.port);
    host.answer(want.port, silent());
    host.now += 5s;
  }
  std::sort(again.begin(), again.end());
  CHECK(again == std::vector<Port>{51999, 56001});
}

TEST_CASE(
    "Beside a port whose answer is awaited nothing is searched, until it is late and counts as silent") {
  Searched host({{52000, 56000}});
  const Port first = host.wanted(QuestionId::range_edge).port;
  const AttemptId awaited = host.ask(first);
  std::vector<Port> before;
  while (const Want want = host.wanted(QuestionId::range_edge)) {
    before.push_back(want.port);
    host.ask(want.port);
  }
  CHECK(before.size() == 2 * 4 - 1);  // the cuts of both ends, and nothing that rests on them
  host.log.on_result(awaited, host.passes(first) ? refused_after(20ms) : silent(), host.now);
  host.now += 1s;
  CHECK(host.wanted(QuestionId::range_edge));
}

TEST_CASE("A port of a search that was returned unsent is asked again, and until then no end is known") {
  Searched host({{52000, 56000}});
  const Port first = host.wanted(QuestionId::range_edge).port;
  host.log.return_unsent(host.ask(first));
  CHECK(host.wanted(QuestionId::range_edge).port == first);
  CHECK(host.found() == "unknown");
  host.search();
  CHECK(host.found() == "52000-56000 ");
}

TEST_CASE("A search ends where a port of it could not be asked: that edge stays unknown") {
  Searched host({{52000, 56000}});
  host.answer(host.wanted(QuestionId::range_edge).port, failed_here());
  CHECK_FALSE(host.wanted(QuestionId::range_edge));
  CHECK(host.found() == "unknown");
}

TEST_CASE("A planned port that could not be asked is not asked for ever by a search") {
  HostLog host(64, {.host_rate = 4});
  host.answer_all(Role::service, open_after(20ms));
  host.answer_all(Role::control, silent());
  for (std::size_t i = 0; i < 64; ++i) host.answer(host.sample_port(i), refused_after(20ms));
  host.answer(50000, silent());
  host.answer(50004, refused_after(20ms));
  host.answer_all(Role::cls, failed_here());  // one of them is half-way between the two
  host.now += 5s;
  for (int asked = 0; const Want want = host.wanted(QuestionId::range_edge); ++asked) {
    REQUIRE(asked < 10);
    CHECK_FALSE(is_cls_port(want.port));
    host.answer(want.port, failed_here());
  }
}

namespace {

// An opening of half the range four of whose ports were late, and these, counted from the lowest, stay
// silent.
struct RateLimited : Searched {
  RateLimited(std::initializer_list<std::size_t> still_silent, double host_rate)
      : Searched({{50000, 54999}}, {.host_rate = host_rate}) {
    std::vector<Port> sample;
    for (std::size_t i = 0; i < 64; ++i) sample.push_back(sample_port(i));
    std::sort(sample.begin(), sample.end());
    HostLog fresh(64, {.host_rate = host_rate});
    fresh.answer_all(Role::service, open_after(20ms));
    fresh.answer_all(Role::cls, failed_here());  // they are no part of the picture
    fresh.answer_all(Role::control, silent());
    for (std::size_t i = 0; i < 64; ++i) {
      const auto number =
          static_cast<std::size_t>(std::find(sample.begin(), sample.end(), sample_port(i)) - sample.begin());
      const bool late = number == 5 || number == 10 || number == 15 || number == 20;
      const bool never = std::find(still_silent.begin(), still_silent.end(), number) != still_silent.end();
      if (late || never) fresh.answer(sample_port(i), silent());
      fresh.answer(sample_port(i), passes(sample_port(i)) && !never ? refused_after(20ms) : silent());
    }
    fresh.now += 5s;
    log = fresh.log;
    now = fresh.now;
  }
};

}  // namespace

TEST_CASE("Where refusals are rate-limited, silences that have not answered again yet tell it as well") {
  // Of 32 ports that are passed seven were silent at first, of which four have answered by now.
  CHECK_FALSE(RateLimited({3, 9, 21}, 100).wanted(QuestionId::range_edge));
  CHECK_FALSE(RateLimited({3, 9, 21}, 4).wanted(QuestionId::range_edge));
}

TEST_CASE(
    "A search that takes far more ports than its ends need goes after ends that move, and is given up") {
  for (const int asked : {50, 70}) {
    Searched host({{50000, 54999}}, {.host_rate = 4});
    for (int port = 52001; port <= 52000 + asked; ++port) host.ask_and_answer(static_cast<Port>(port));
    host.now += 5s;
    CHECK(static_cast<bool>(host.wanted(QuestionId::range_edge)) == (asked == 50));
  }
}

TEST_CASE("A search goes no further once an end has crept from port to port, each of them late") {
  for (const bool last_is_late : {true, false}) {
    Searched host({{52000, 56000}}, {.host_rate = 4});
    for (Port port = 55990; port <= 55994; ++port) {
      if (port < 55994 || last_is_late)
        host.answer_late(port);
      else
        host.ask_and_answer(port);
      host.now += 300ms;
    }
    host.now += 5s;
    CHECK(static_cast<bool>(host.wanted(QuestionId::range_edge)) != last_is_late);
  }
}
