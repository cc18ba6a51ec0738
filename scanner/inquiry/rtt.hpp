// How long to wait for an answer. Learned from SYN-ACKs, or from nothing: a near firewall's refusals come
// back sooner than the Edge behind it ever could, and a timeout learned from them would blind the scan.
#pragma once

#include <chrono>
#include <cstdint>

#include "scanner/probe.hpp"

namespace edgesurvey {

// RFC 6298's estimator (its section 2) with bounds of our own.
class RttEstimator {
 public:
  // longest: the user's --timeout; no wait is longer.
  explicit RttEstimator(Duration longest) : longest_(longest) {}

  void add_syn_ack(Duration rtt);
  bool known() const { return known_; }
  Duration smoothed() const { return smoothed_; }
  // How long an answer takes; before any SYN-ACK, as long as one is waited for.
  Duration expected() const { return known_ ? smoothed_ : wait(0); }

  // The wait for the attempt-th try (from 0). Before any SYN-ACK: just under a second, doubled at each
  // further try, for the path may be slower than that. After: srtt + 4 rttvar, never under 500 ms (latency
  // may step up in mid-scan), and kept to a single SYN where twice the RTT fits into that.
  Duration wait(unsigned attempt) const;
  // The wait for one of many answers of which none decides by itself: once an RTT is known srtt + 4 rttvar,
  // at least half as long again as srtt and 150 ms; before that as long as for any first try.
  Duration quick_wait() const;
  // After so long an answer is late enough to ask again beside it: half as long again as srtt and at least
  // 150 ms; 400 ms before an RTT is known. Nothing is given up by then, so this may be short of the slowest
  // answer.
  Duration late_after() const;
  // The wait for a try that follows others, which were waited for longer: until it is late where the host is
  // near, for its variation has then had little to be learned from; otherwise a quick wait.
  Duration last_wait() const;

 private:
  Duration longest_;
  Duration smoothed_{};
  Duration variation_{};
  bool known_ = false;
};

}  // namespace edgesurvey
