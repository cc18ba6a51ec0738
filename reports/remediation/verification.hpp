// How to find out whether it helped: the commands to run afterwards.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/survey/survey.hpp"
#include "targets/address.hpp"

namespace edgesurvey::remediation {

// A line each: a scan of the exposed addresses alone, where they are few; the survey again, with the
// arguments and the seed that it had, to next_path; and their difference. Arguments that cannot be shown
// safely, or are too many, are replaced by a word in capitals that says what to put there, and so is a result
// without a path.
std::vector<std::string> verification(const RunFacts& run, std::string_view result_path,
                                      const std::string& next_path, const std::vector<Address>& exposed);

}  // namespace edgesurvey::remediation
