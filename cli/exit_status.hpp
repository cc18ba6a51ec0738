// What the process says to scripts. The numbers are an interface: they do not change.
#pragma once

namespace edgesurvey {

enum ExitStatus : int {
  exit_done = 0,
  exit_broken = 1,      // a host breaks the policy (--policy, --fail-on), or is worse (diff, --fail-on-worse)
  exit_usage = 2,       // usage or bad input; nothing was probed
  exit_incomplete = 3,  // a probe or target could not be judged for our own fault
  exit_not_written = 4,    // a result could not be written
  exit_interrupted = 130,  // SIGINT, SIGTERM or SIGHUP; reports were still written
};

}  // namespace edgesurvey
