// What the process says to scripts. The numbers are an interface: they do not change.
#pragma once

#include <stdexcept>

namespace edgesurvey {

enum ExitStatus : int {
  exit_done = 0,
  exit_broken = 1,      // a host breaks the policy (--policy, --fail-on), or is worse (diff, --fail-on-worse)
  exit_usage = 2,       // usage or bad input; nothing was probed
  exit_incomplete = 3,  // a probe or target could not be judged for our own fault
  exit_not_written = 4,    // a result could not be written
  exit_interrupted = 130,  // SIGINT, SIGTERM or SIGHUP; reports were still written
};

// What was asked for cannot be done, and nothing was: ends with exit_usage. Its text is fit to be shown.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace edgesurvey
