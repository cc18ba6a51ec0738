// How one host is asked: its pace, and how patiently.
#pragma once

#include <chrono>

#include "scanner/inquiry/rtt.hpp"

namespace edgesurvey {

struct ScanRules {
  double host_rate = 4;                  // SYNs/s to one host at most; 0: unpaced
  unsigned retries = 2;                  // further tries where silence would matter
  Duration longest_wait = one_syn_wait;  // --timeout: no answer is awaited longer
  bool whole_sample = false;             // ask all of it, though it could change nothing any more
  Duration retry_pause = std::chrono::milliseconds(300);  // losses come in bursts: let one pass

  // At a slow pace it is the number of probes that takes time, at a fast one what waits for one another.
  bool is_slow() const { return host_rate > 0 && host_rate < 20; }
  // Whether a host that the survey waits for is rather asked more ports, and sooner, than waited for.
  bool hurries(bool in_haste) const { return in_haste && !is_slow(); }
  bool leaves_a_try(unsigned attempts) const { return attempts <= retries; }
  // Whether that was the last of them: what matters most may have one more.
  bool leaves_one_more(unsigned attempts) const { return retries > 0 && attempts == retries + 1; }
  // Before the try that follows `attempts` silent ones: each waits longer for a burst to pass.
  Duration pause_after(unsigned attempts) const { return retry_pause * attempts; }
};

}  // namespace edgesurvey
