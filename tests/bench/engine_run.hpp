// The real engine, schedule and connector on refusing ports of the loopback interface: what a scan does with
// a probe, without command line, DNS and reports.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "targets/address.hpp"

namespace edgesurvey::bench {

struct EngineCount {
  std::uint64_t probes = 0;
  std::uint64_t hosts = 0;   // judged
  std::uint64_t closed = 0;  // ports found refusing
};

// 127.1.0.0 and what follows: never 127.0.0.1, where others may listen and a probe may meet itself.
std::vector<Address> loopback_hosts(std::size_t count);

// Unpaced, with the default sample. Precondition: all hosts are loopback addresses.
EngineCount run_engine(const std::vector<Address>& hosts, std::size_t max_in_flight);

}  // namespace edgesurvey::bench
