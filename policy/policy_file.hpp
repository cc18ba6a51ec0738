// The policy file: TOML, checked whole before anything is probed.
//
//   fail-on = ["cls-exposed", "media-range-open"]   # what breaks the policy; these where it is left out
//
//   [[expect]]                          # name, block or tag, each one text or an array of some
//   tag = "federation=ocs2007"
//   verdict = ["closed", "media-range-open"]
//   reason = "OCS 2007 partners need 50000-59999 inbound"   # a must where a verdict lets something in
//
//   [[waiver]]                          # by name or block; all five keys are a must
//   name = "old.contoso.example"
//   verdict = "cls-exposed"
//   owner = "edge-team@contoso.example"
//   reason = "Replaced under CHG0042"
//   expires = 2026-03-31                # the last day it holds, at most 400 days ahead
#pragma once

#include <string_view>
#include <vector>

#include "policy/policy.hpp"
#include "targets/text/input_error.hpp"

namespace edgesurvey {

inline constexpr std::size_t max_policy_bytes = std::size_t{1} << 20U;
inline constexpr std::size_t max_owner_bytes = 200;
inline constexpr std::size_t max_reason_bytes = 1000;

struct PolicyFile {
  Policy policy;
  // Every mistake in the order of the text; of a text that is no TOML the first alone. With one of them the
  // policy must not be used.
  std::vector<InputError> errors;
};

// today: the day of the run, by which waivers are judged. source: the name shown in errors and reports.
PolicyFile parse_policy(std::string_view text, std::string_view source, Day today);

}  // namespace edgesurvey
