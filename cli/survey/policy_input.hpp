// What the hosts are measured by: the file of --policy, or --fail-on, its short form.
#pragma once

#include <optional>
#include <vector>

#include "cli/options/options.hpp"
#include "policy/policy.hpp"
#include "targets/text/input_error.hpp"

namespace edgesurvey {

// Today, UTC: for whoever judges now.
Day today();

// Sets the policy if one is asked for. False after showing every mistake of its file on stderr as
// "file:line:column: what is wrong". Throws ReadError when the file cannot be read.
bool read_policy(const PolicyOptions& options, Day today, std::optional<Policy>& policy);

// On stderr, a line each. Whether there were any.
bool show_errors(const std::vector<InputError>& errors);

}  // namespace edgesurvey
