#include "scanner/net/engine.hpp"

#include <fcntl.h>
#include <sys/resource.h>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include "scanner/plan.hpp"
#include "support/catch.hpp"
#include "support/loopback_ports.hpp"

using namespace edgesurvey;
using namespace edgesurvey::test;
using namespace std::chrono_literals;

namespace {

Address loopback(std::uint8_t last) {
  return Address::v4({127, 77, 0, last});
}

// Hands out the addresses it was given; says not_yet at their end until told that no more will come.
class ListFeed final : public HostFeed {
 public:
  explicit ListFeed(std::deque<Address> hosts, bool more_may_come = false)
      : hosts_(std::move(hosts)), more_may_come_(more_may_come) {}

  Supply next_host(Address& address) override {
    ++asked;
    if (hosts_.empty()) return more_may_come_ ? Supply::not_yet : Supply::ended;
    address = hosts_.front();
    hosts_.pop_front();
    ++given;
    return Supply::host;
  }
  void add(const Address& address) { hosts_.push_back(address); }
  void end() { more_may_come_ = false; }

  int asked = 0;
  std::size_t given = 0;

 private:
  std::deque<Address> hosts_;
  bool more_may_come_;
};

class Notes final : public EngineObserver {
 public:
  void host_judged(const HostReport& report) override {
    const bool first = reports.try_emplace(report.evidence.address.to_string(), report).second;
    CHECK(first);
    CHECK(ledger_of(report.evidence).adds_up());
  }
  void probe_ended() override {
    ++probes;
    if (on_probe) on_probe();
  }
  void concurrency_lowered(std::size_t max_in_flight) override { lowered.push_back(max_in_flight); }

  const HostReport& report_of(const Address& address) const { return reports.at(address.to_string()); }

  std::map<std::string, HostReport> reports;
  std::vector<std::size_t> lowered;
  std::function<void()> on_probe;
  std::uint64_t probes = 0;
};

const ScanRules unpaced{.host_rate = 0, .retries = 1, .timeout = 300ms, .patience = 300ms};

// One survey on the real loopback, with everything an engine needs.
struct Survey {
  explicit Survey(std::deque<Address> hosts, bool more_may_come = false, ScanRules with = unpaced,
                  std::size_t max_in_flight = 1000)
      : rules(with),
        schedule(plan, rules, {.rate = 0}, max_in_flight),
        feed(std::move(hosts), more_may_come) {
    engine.emplace(context, schedule, feed, notes, EngineOptions{.watch = 20ms, .drain = 50ms},
                   [this] { ++done; });
  }

  // Until there is no work left: what is pending or polled for ever would hang here, and ctest's time limit
  // would end it.
  void run() {
    engine->start();
    context.run();
  }
  template <typename Condition>
  void run_until(Condition condition) {
    while (!condition())
      if (context.run_one_for(10s) == 0) throw std::runtime_error("waited in vain");
  }

  boost::asio::io_context context;
  ProbePlan plan{64, 7};
  ScanRules rules;
  Schedule schedule;
  ListFeed feed;
  Notes notes;
  std::optional<Engine> engine;
  int done = 0;
};

// What the scan concluded of a port, as "open syn-ack".
std::string last_word(const HostReport& report, Port port) {
  for (const auto& seen : report.evidence.ports)
    if (seen.port == port)
      return std::string(to_string(seen.state)) + ' ' + std::string(to_string(seen.reason));
  return "not asked";
}

Duration cpu_time() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto of = [](const timeval& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

// UBSan opens a pipe when it meets a class for the first time, and calls the object invalid when it cannot.
void let_the_sanitizer_meet_our_classes() {
  Survey survey({loopback(99)});
  survey.run();
}

// Holds the process to the descriptors that are open now and a few more, as long as it lives.
class FewDescriptors {
 public:
  explicit FewDescriptors(int more) {
    const FileDescriptor next(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    ::getrlimit(RLIMIT_NOFILE, &before_);
    rlimit few = before_;
    few.rlim_cur = static_cast<rlim_t>(next.get() + more);
    check(::setrlimit(RLIMIT_NOFILE, &few), "setrlimit");
  }
  ~FewDescriptors() { lift(); }
  FewDescriptors(const FewDescriptors&) = delete;
  FewDescriptors& operator=(const FewDescriptors&) = delete;
  void lift() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("a host with open, closed and silent ports is judged by the real engine") {
  const Address host = loopback(1);
  const OpenPort https(host, 443);
  const SilentPort stun(host, 3478);
  const OpenPort cls1(host, 50001);
  const OpenPort cls2(host, 50002);
  const OpenPort cls3(host, 50003);
  Survey survey({host});
  survey.run();
  REQUIRE(survey.done == 1);
  const HostReport& report = survey.notes.report_of(host);
  CHECK(report.judgement.verdict == Verdict::cls_exposed);
  CHECK(last_word(report, 443) == "open syn-ack");
  CHECK(last_word(report, 3478) == "filtered no-response");
  CHECK(last_word(report, 5061) == "closed conn-refused");
  CHECK(last_word(report, 50002) == "open syn-ack");
  REQUIRE(report.evidence.confirm.size() == 3);
  CHECK(report.evidence.confirm[0].peer == PeerAct::idle);
  CHECK(survey.notes.probes >= 12 + survey.plan.sample_half());
}

TEST_CASE("a survey without hosts is done at once, and told once") {
  Survey survey({});
  survey.run();
  CHECK(survey.done == 1);
  CHECK(survey.notes.reports.empty());
}

TEST_CASE("a host that is known only later is scanned when it is announced") {
  Survey survey({}, true);
  survey.engine->start();
  survey.context.poll();
  CHECK(survey.done == 0);
  survey.feed.add(loopback(2));
  survey.feed.end();
  survey.engine->hosts_available();
  survey.context.restart();
  survey.context.run();
  CHECK(survey.done == 1);
  CHECK(survey.notes.reports.size() == 1);
}

TEST_CASE("an unpaced survey of 200 hosts ends with every host reported once") {
  std::deque<Address> hosts;
  for (std::uint8_t last = 1; last <= 200; ++last) hosts.push_back(loopback(last));
  Survey survey(hosts);
  survey.run();
  CHECK(survey.done == 1);
  CHECK(survey.notes.reports.size() == 200);
  CHECK(survey.schedule.active_hosts() == 0);
  CHECK(survey.schedule.in_flight() == 0);
}

TEST_CASE("stop drains, and every host begun is reported with what was not run") {
  const Address silent = loopback(3);
  const SilentPort https(silent, 443);
  ScanRules patient = unpaced;
  patient.host_rate = 1000;
  patient.timeout = 30s;
  Survey survey({silent, loopback(4), loopback(5)}, false, patient);
  survey.engine->start();
  survey.run_until([&] { return survey.notes.probes >= 3; });
  survey.engine->stop();
  survey.engine->stop();
  survey.context.run();
  CHECK(survey.done == 1);
  CHECK(survey.notes.reports.size() == survey.feed.given);
  CHECK(survey.schedule.in_flight() == 0);
  CHECK(last_word(survey.notes.report_of(silent), 443) == "unknown not-run");
  CHECK(survey.notes.report_of(silent).judgement.verdict == Verdict::inconclusive);
}

TEST_CASE("a stop before the start ends a survey in which nothing was sent") {
  Survey survey({loopback(6)});
  survey.engine->stop();
  survey.run();
  CHECK(survey.done == 1);
  CHECK(survey.notes.probes == 0);
}

TEST_CASE("running out of descriptors lowers the concurrency and never becomes a verdict") {
  std::deque<Address> hosts;
  for (std::uint8_t last = 1; last <= 40; ++last) hosts.push_back(loopback(last));
  let_the_sanitizer_meet_our_classes();
  Survey survey(hosts);
  {
    const FewDescriptors few(8);
    survey.run();
  }
  CHECK(survey.done == 1);
  REQUIRE_FALSE(survey.notes.lowered.empty());
  CHECK(survey.notes.lowered.back() <= 8);
  CHECK(survey.notes.lowered.back() >= 1);
  REQUIRE(survey.notes.reports.size() == 40);
  for (const auto& [address, report] : survey.notes.reports) {
    INFO(address);
    CHECK(ledger_of(report.evidence).unknown == 0);
    CHECK(ledger_of(report.evidence).not_run == 0);
  }
}

TEST_CASE("with no descriptor at all the scan pauses, and goes on when there is one again") {
  let_the_sanitizer_meet_our_classes();
  Survey survey({loopback(7)});
  FewDescriptors none(0);
  survey.engine->start();
  survey.run_until([&] { return !survey.notes.lowered.empty(); });
  none.lift();
  survey.context.run();
  CHECK(survey.done == 1);
  CHECK(ledger_of(survey.notes.report_of(loopback(7)).evidence).unknown == 0);
}

TEST_CASE("waiting for an answer costs no processor time") {
  const Address host = loopback(8);
  const SilentPort https(host, 443);
  ScanRules slow = unpaced;
  slow.timeout = 500ms;
  slow.retries = 0;
  Survey survey({host}, false, slow);
  const Duration before = cpu_time();
  const auto begun = std::chrono::steady_clock::now();
  survey.run();
  const auto waited = std::chrono::steady_clock::now() - begun;
  CHECK(waited >= 400ms);
  CHECK(cpu_time() - before < waited / 2);  // a loop that polls has all of it
}

TEST_CASE("waiting for DNS costs neither processor time nor questions to the feed") {
  Survey survey({}, true);
  survey.engine->start();
  const Duration before = cpu_time();
  survey.context.run_for(200ms);
  CHECK(cpu_time() - before < 100ms);
  CHECK(survey.feed.asked == 1);
  survey.feed.end();
  survey.engine->hosts_available();
  survey.context.restart();
  survey.context.run();
  CHECK(survey.done == 1);
}

TEST_CASE("an engine may go in the middle of a scan: the loop runs out of work and nobody is told") {
  const Address host = loopback(9);
  const SilentPort https(host, 443);
  ScanRules patient = unpaced;
  patient.timeout = 30s;
  Survey survey({host}, false, patient);
  survey.engine->start();
  survey.run_until([&] { return survey.notes.probes > 0; });
  survey.engine.reset();
  const auto told = survey.notes.probes;
  survey.context.run();  // would take 30 s if the engine's timer still held it
  CHECK(survey.notes.probes == told);
  CHECK(survey.done == 0);
}

TEST_CASE("an engine may go while its probes are in flight, and its loop with it") {
  const Address host = loopback(10);
  const SilentPort https(host, 443);
  auto survey = std::make_unique<Survey>(std::deque{host});
  survey->engine->start();
  CHECK(survey->schedule.in_flight() > 0);
  survey.reset();
}
