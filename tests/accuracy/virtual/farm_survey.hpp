// The scanner's pure layers over the farm's hosts, in virtual time: no kernel, no noise, thousands of hosts a
// second. What the scoreboard measures on real sockets can so be foreseen, and held to in every test run.
#pragma once

#include <cstdint>
#include <functional>

#include "scanner/judging/verdict.hpp"
#include "scanner/schedule/schedule.hpp"
#include "tests/lab/farm/host_model.hpp"
#include "tests/lab/farm/spec.hpp"

namespace edgesurvey::virtual_farm {

struct Pace {
  SurveyPace survey;
  ScanRules host;
};
Pace fast();
Pace normal();
Pace polite();

// One host at its end.
struct Surveyed {
  const farm::HostModel& host;
  const Judgement& judgement;
  double seconds;  // from its first SYN on
  double ended;    // in seconds of the survey
};

struct Probed {
  const farm::HostModel& host;
  const HostProbe& probe;
  const ProbeOutcome& outcome;
  double started;  // in seconds
  double ended;
};

struct Observer {
  std::function<void(const Surveyed&)> on_host = [](const Surveyed&) {};
  std::function<void(const Probed&)> on_probe = [](const Probed&) {};
};

struct Totals {
  double seconds = 0;      // from the first SYN to the last answer or deadline
  std::uint64_t syns = 0;  // the kernel's resends included
};

// Surveys every host of the farm, sample and order drawn by the farm's seed.
Totals survey(const farm::Spec& spec, const Pace& pace, const Observer& observer);

}  // namespace edgesurvey::virtual_farm
