// How near the engine comes to the bare loop: both in turn on the same refusing loopback ports, several
// rounds, printed as JSON. Ratios are of one round; the machine's mood changes between rounds, and both share
// it.
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/bare_loop.hpp"
#include "bench/engine_run.hpp"
#include "bench/processor_time.hpp"
#include "bench/program.hpp"
#include "scanner/plan.hpp"

namespace edgesurvey::bench {
namespace {

using Seconds = std::chrono::duration<double>;

nlohmann::json measure(const std::function<std::uint64_t()>& run) {
  const Processor before = processor_time();
  const auto begun = std::chrono::steady_clock::now();
  const auto probes = static_cast<double>(run());
  const double wall = Seconds(std::chrono::steady_clock::now() - begun).count();
  const Processor after = processor_time();
  return {{"probes", probes},
          {"wall_s", wall},
          {"probes_per_s", probes / wall},
          {"user_us_per_probe", (after.user - before.user) * 1e6 / probes},
          {"system_us_per_probe", (after.system - before.system) * 1e6 / probes}};
}

std::vector<Port> planned_ports() {
  std::vector<Port> ports;
  const ProbePlan plan(64, 1);
  for (const auto& planned : plan.ports()) ports.push_back(planned.port);
  return ports;
}

nlohmann::json round(const std::vector<Address>& hosts, const std::string& which, std::size_t max_in_flight) {
  nlohmann::json round;
  if (which != "engine")
    round["bare"] = measure([&] { return run_bare_loop(hosts, planned_ports()).probes; });
  if (which != "bare") {
    round["engine"] = measure([&] { return run_engine(hosts, max_in_flight).probes; });
  }
  return round;
}

int run(int count, char** arguments) {
  if (count != 5) {
    std::cerr << "usage: edgesurvey_throughput HOSTS ROUNDS both|bare|engine MAX_IN_FLIGHT\n";
    return 2;
  }
  const auto hosts = loopback_hosts(std::stoul(arguments[1]));
  nlohmann::json rounds = nlohmann::json::array();
  for (unsigned long i = 0; i < std::stoul(arguments[2]); ++i)
    rounds.push_back(round(hosts, arguments[3], std::stoul(arguments[4])));
  std::cout << nlohmann::json{{"hosts", hosts.size()}, {"rounds", rounds}}.dump(1) << '\n';
  return 0;
}

}  // namespace
}  // namespace edgesurvey::bench

int main(int count, char** arguments) {
  return edgesurvey::bench::run_program("edgesurvey_throughput", edgesurvey::bench::run, count, arguments);
}
