// What a policy decided, in words. Raw: names, owners and reasons stand in it as they were written, so it is
// escaped where it is shown, like all text from outside.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "policy/decide.hpp"

namespace edgesurvey {

// "policy.toml:12"
std::string place(const Policy& policy, std::size_t line);
// "name 'old.contoso.example', '*.lab.example'"; a long list is cut.
std::string in_words(const HostSelector& hosts);
// "closed or media-range-open"
std::string in_words(const std::vector<Verdict>& verdicts);

// What stands behind a decision, without a full stop; empty where there is nothing to say:
//   broken     "expected closed by policy.toml:4", "fails the run by --fail-on"
//   waived     "waived until 2026-03-31 by edge-team: replaced under CHG0042 (policy.toml:12)"
//   kept       "as expected by policy.toml:4: OCS 2007 partners"; empty if no expectation is about the host
std::string why(const Policy& policy, const Decision& decision);

}  // namespace edgesurvey
