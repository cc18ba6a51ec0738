// Whose answer a refusal is, port by port: a firewall that rejects part of the range and passes the rest
// sends RSTs of its own among the host's, and only their RTT tells them apart.
#pragma once

#include <optional>
#include <vector>

#include "scanner/evidence.hpp"

namespace edgesurvey {

enum class Refuser : std::uint8_t {
  host,      // or something that cannot be told from it
  in_front,  // the RST came back sooner than the host could have sent it
  unclear,   // the path changed just then: either, by whether it was sent before or after
};

// How far away the host is, by the SYN-ACKs of its services, and how the path changed meanwhile: a detour
// adds as much to the refusals of its time as to the SYN-ACKs (paths change for seconds to hours: V. Paxson,
// "End-to-end routing behavior in the Internet", SIGCOMM 1996).
class HostDistance {
 public:
  HostDistance() = default;
  explicit HostDistance(std::vector<TimedRtt> syn_acks);

  // Of a port in state closed. An RTT of zero was not measured: `host`.
  Refuser refuser_of(const PortEvidence& port) const;
  // An RTT as it would have been while the path was at its shortest; nullopt where the path changed just
  // then.
  std::optional<Duration> at_shortest(const TimedRtt& measured) const;
  // The SYN-ACKs' RTTs likewise.
  const std::vector<Duration>& syn_acks() const { return syn_acks_; }
  // Whether enough was measured, on a path long enough, to tell anything from in front.
  bool can_tell() const { return nearest_.has_value(); }

 private:
  // SYN-ACKs one after another between which the path did not change.
  struct Stretch {
    Time first;
    Time last;
    Duration longer;  // than the path was at its shortest
  };
  struct Longer {
    Duration before;
    Duration after;
  };
  // What the path may have added at that time: by the SYN-ACKs before it and by those after.
  Longer longer_at(Time when) const;

  std::vector<Stretch> stretches_;
  std::vector<Duration> syn_acks_;
  std::optional<Duration> nearest_;  // see nearest_from_host()
};

}  // namespace edgesurvey
