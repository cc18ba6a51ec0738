// How long an answer takes, learned from SYN-ACKs or from nothing: a near firewall's refusals come back
// sooner than the Edge behind it ever could, and a timeout learned from them would blind the scan.
#pragma once

#include "scanner/probe.hpp"

namespace edgesurvey {

// RFC 6298's estimator (its section 2) with bounds of our own.
class RttEstimator {
 public:
  // timeout: the user's --timeout. Up to one_syn_wait it bounds every wait; above that no wait is shorter.
  explicit RttEstimator(Duration timeout) : timeout_(timeout) {}

  void add_syn_ack(Duration rtt);
  bool known() const { return known_; }
  // How long an answer takes; before any SYN-ACK, as long as one is waited for.
  Duration expected() const { return known_ ? smoothed_ : wait(); }

  // How long one of many answers is waited for. Before any SYN-ACK just under a second. After: srtt + 4
  // rttvar, never under 500 ms (latency may step up in mid-scan), and kept to a single SYN where twice the
  // RTT fits into that.
  Duration wait() const;
  // After so long an answer is late: what rests on it goes on as if there were none, and takes it back if it
  // comes. Half as long again as srtt and at least 150 ms; 400 ms before an RTT is known.
  Duration late_after() const;

 private:
  Duration timeout_;
  Duration smoothed_{};
  Duration variation_{};
  bool known_ = false;
};

}  // namespace edgesurvey
