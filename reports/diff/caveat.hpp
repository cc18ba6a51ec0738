// Why two surveys as a whole compare badly: another vantage point, other ports, a run that was cut short.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/diff/survey_diff.hpp"

namespace edgesurvey::diff {

enum class CaveatCode : std::uint8_t {
  nothing_in_common,  // no host of one survey was found in the other
  wrong_order,        // the new survey began before the old one
  old_incomplete,
  new_incomplete,
  other_vantage,  // a firewall may treat another source differently
  other_sample,   // more or fewer sample ports a host
  other_seed,     // other sample and control ports
};

std::string_view to_string(CaveatCode code);

struct Caveat {
  CaveatCode code = CaveatCode::other_seed;
  std::string text;  // part of a sentence; printable
};

std::vector<Caveat> caveats_of(const SurveyDiff& diff);
// All of them as one sentence: "Compare with care: ...". Empty if there is none.
std::string in_one_sentence(const std::vector<Caveat>& caveats);

}  // namespace edgesurvey::diff
