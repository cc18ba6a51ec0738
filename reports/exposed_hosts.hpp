// The part of the terminal's table that matters most: the exposed hosts and what shows that they are.
#pragma once

#include <iosfwd>

#include "reports/survey_source.hpp"
#include "reports/table.hpp"

namespace edgesurvey {

// Nothing at all if no host is exposed. options.width is at least 60.
void write_exposed_hosts(const SurveySource& survey, std::ostream& out, const TableOptions& options);

}  // namespace edgesurvey
