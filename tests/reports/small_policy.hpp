// A policy for the small survey, with a bit of everything: something broken, waived, expected and undecided,
// entries without use, and texts that mean harm. Golden files are made of it.
#pragma once

#include "policy/policy.hpp"

namespace edgesurvey::testing {

Policy small_policy();
// Of "policy.toml" on the day of the small survey; must be right.
Policy policy_of(std::string_view toml);

}  // namespace edgesurvey::testing
