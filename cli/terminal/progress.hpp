// How far a survey has come, as one line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "scanner/time.hpp"

namespace edgesurvey {

// No time is estimated to be longer: a Duration holds no more than a few of these.
constexpr double longest_seconds = 1e9;

struct Progress {
  std::uint64_t hosts_done = 0;
  std::uint64_t hosts_expected = 0;  // known so far
  std::uint64_t probes = 0;
  std::uint64_t probes_of_done = 0;  // those of hosts that are done
  double probes_a_host = 0;          // expected; see probes_a_host()
  std::uint64_t exposed = 0;
  Duration elapsed{};
  Duration estimate{};  // for the whole survey, as estimate_survey() has it
};

// "120/250 hosts, 9,431 probes (1,204/s), 31 exposed, 1m 04s left", shortened to fit the width.
std::string progress_line(const Progress& progress, std::size_t width);

// "41s", "3m 05s", "2h 10m"; what estimate_survey() gives at most is "31 years or more".
std::string format_duration(Duration duration);
// "12,345"; a saturated one is "2^64 or more".
std::string format_count(std::uint64_t count);

}  // namespace edgesurvey
