#include "bench/engine_run.hpp"

#include <boost/asio/io_context.hpp>

#include "scanner/net/engine.hpp"

namespace edgesurvey::bench {
namespace {

class VectorFeed final : public HostFeed {
 public:
  explicit VectorFeed(const std::vector<Address>& hosts) : hosts_(hosts) {}
  Supply next_host(Address& address) override {
    if (next_ == hosts_.size()) return Supply::ended;
    address = hosts_[next_++];
    return Supply::host;
  }

 private:
  const std::vector<Address>& hosts_;
  std::size_t next_ = 0;
};

class Counter final : public EngineObserver {
 public:
  void host_judged(const HostReport& report) override {
    ++count.hosts;
    for (const auto& port : report.evidence.ports) count.closed += port.state == PortState::closed ? 1 : 0;
  }
  void probe_ended() override { ++count.probes; }
  void concurrency_lowered(std::size_t /*max_in_flight*/) override {}

  EngineCount count;
};

}  // namespace

std::vector<Address> loopback_hosts(std::size_t count) {
  std::vector<Address> hosts;
  hosts.reserve(count);
  for (std::size_t i = 0; i < count; ++i) hosts.push_back(Address::v4({127, 1, 0, 0}).plus(i).value());
  return hosts;
}

EngineCount run_engine(const std::vector<Address>& hosts, std::size_t max_in_flight) {
  boost::asio::io_context context;
  const ProbePlan plan(64, 1);
  const ScanRules rules{.host_rate = 0, .retries = 0};  // nothing waits: it is the engine that is measured
  Schedule schedule(plan, rules, {.rate = 0}, max_in_flight);
  VectorFeed feed(hosts);
  Counter counter;
  Engine engine(context, schedule, feed, counter, {}, [] {});
  engine.start();
  context.run();
  return counter.count;
}

}  // namespace edgesurvey::bench
