// What is probed on every address, and in which order: one plan a survey, so hosts can be compared port by
// port.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "scanner/probe.hpp"
#include "scanner/sample.hpp"

namespace edgesurvey {

// HTTPS of the Web Conferencing and A/V Edge, STUN/TURN over TCP, SIP federation of the Access Edge.
inline constexpr std::array<Port, 3> service_ports{443, 3478, 5061};
inline constexpr std::array<Port, 3> cls_ports{50001, 50002, 50003};

struct PlannedPort {
  Port port = 0;
  Role role = Role::sample;
};

class ProbePlan {
 public:
  // sample: how many runs the range is cut into (see stratified_sample). Same arguments, same plan.
  ProbePlan(std::size_t sample, std::uint64_t seed);

  // Services, CLS, controls, then the sample: if the host's defences trip half-way, what matters was asked.
  const std::vector<PlannedPort>& ports() const { return ports_; }
  std::size_t size() const { return ports_.size(); }
  std::uint64_t seed() const { return seed_; }
  // How many of its sample's ports come first that are, by themselves, a sample of half the size, as sure to
  // hit an opening (see stratified_sample).
  std::size_t sample_half() const { return (of(Role::sample).size() + 1) / 2; }
  // Indices of the ports that have this role: [first, last).
  struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
    std::size_t size() const { return last - first; }
    // clang 14 cannot read libstdc++ 12's std::views::iota.
    struct Index {
      std::size_t at;
      std::size_t operator*() const { return at; }
      Index& operator++() {
        ++at;
        return *this;
      }
      bool operator!=(const Index& other) const { return at != other.at; }
    };
    Index begin() const { return {first}; }
    Index end() const { return {last}; }
  };
  Range of(Role role) const { return ranges_[static_cast<std::size_t>(role)]; }

 private:
  void append(const auto& ports, Role role);

  std::vector<PlannedPort> ports_;
  std::array<Range, 4> ranges_{};  // by role; the plan has no boundary ports
  std::uint64_t seed_;
};

}  // namespace edgesurvey
