// What is expected of the hosts of a survey, what fails the run, and what is waived for a while.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "policy/day.hpp"
#include "policy/host_selector.hpp"
#include "scanner/judging/verdict.hpp"

namespace edgesurvey {

// Further ahead nobody has thought about it; a year and a month leave room for a yearly review.
inline constexpr std::chrono::days longest_waiver{400};

// What is as it should be, for some hosts.
struct Expectation {
  HostSelector hosts;
  std::vector<Verdict> verdicts;  // any of them is; at least one
  std::string reason;             // for people; there wherever a verdict lets something in
  std::size_t line = 0;           // of the policy file, where it begins
};

// What is not, but is let pass until a day, and who answers for it.
struct Waiver {
  HostSelector hosts;             // by name or block
  std::vector<Verdict> verdicts;  // at least one
  std::string owner;
  std::string reason;
  Day expires{};  // the last day it holds
  std::size_t line = 0;
};

struct Policy {
  std::string source;  // "policy.toml", or "--fail-on"; empty: nobody gave one
  Day judged_on{};     // the day of the run
  // What breaks the policy where no expectation says otherwise.
  std::vector<Verdict> fail_on{Verdict::cls_exposed, Verdict::media_range_open};
  std::vector<Expectation> expectations;  // in the order of the file: of those about a host the last counts
  std::vector<Waiver> waivers;            // likewise
};

}  // namespace edgesurvey
