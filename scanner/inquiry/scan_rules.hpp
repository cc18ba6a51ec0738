// How one host is asked: its pace, and how patiently.
#pragma once

#include <chrono>
#include <span>

#include "scanner/inquiry/question.hpp"
#include "scanner/probe.hpp"

namespace edgesurvey {

struct ScanRules {
  double host_rate = 4;                  // SYNs/s to one host at most; 0: unpaced
  unsigned retries = 2;                  // further attempts where silence would matter
  Duration timeout = one_syn_wait;       // --timeout, see RttEstimator
  Duration patience = default_patience;  // --patience: how long an answer that decides is waited for
  bool whole_sample = false;             // ask all of it, though it could change nothing any more
  std::span<const Question> questions = inquiry();

  // The least that a silence must have been waited for to be beyond doubt: some answers of some paths take
  // seconds (R. Padmanabhan et al., "Timeouts: beware surprisingly high delay", IMC 2015: 5 % of the pings to
  // 5 % of the addresses take longer than 5 s).
  static constexpr Duration default_patience = std::chrono::seconds(3);

  // At a slow pace it is the number of probes that takes time, at a fast one what waits for one another.
  bool is_slow() const { return host_rate > 0 && host_rate < 20; }
};

}  // namespace edgesurvey
