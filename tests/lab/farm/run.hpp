// The farm at work: its device, its clock, its signals, and the command it was opened for.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/lab/farm/farm.hpp"
#include "tests/lab/farm/tun.hpp"

namespace edgesurvey::farm {

struct Run {
  std::vector<std::string> command;  // empty: serve until SIGTERM or SIGINT
  std::optional<double> limit_s;     // then the command is ended, and the run
  std::function<void()> on_report;   // SIGUSR1: write the counters now
};

inline constexpr int exit_timed_out = 124;
inline constexpr int exit_not_opened = 125;  // no TUN device, or no private namespace

// Serves until the command ends (its exit status; 128 + n for signal n), a signal comes (0) or the time is up
// (124). Signals are blocked in this process from here on.
int run(Farm& farm, const Tun& tun, const Run& run);

}  // namespace edgesurvey::farm
