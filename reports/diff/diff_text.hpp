// The changes for a terminal: what is worse first, a line a host, and their count.
#pragma once

#include <iosfwd>
#include <string>

#include "reports/diff/survey_diff.hpp"
#include "reports/table.hpp"

namespace edgesurvey::diff {

// wanted.max_hosts: shown for each kind of change.
void write_text(const SurveyDiff& diff, std::ostream& out, const TableOptions& wanted = {});

// "2 newly-exposed, 1 worse, ... 240 same."
std::string count_line(const SurveyDiff& diff);
// "3 hosts are worse than before".
std::string headline(const SurveyDiff& diff);

}  // namespace edgesurvey::diff
