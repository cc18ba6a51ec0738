// The survey for a terminal, told the way the survey of 2015 was told: how many, which share with its
// interval, then the exposed hosts with their evidence, a line each, and what a policy decided.
#pragma once

#include <cstddef>
#include <iosfwd>

#include "reports/survey_source.hpp"

namespace edgesurvey {

struct TableOptions {
  std::size_t width = 80;  // columns; less than 60 is taken as 60
  bool colour = false;     // whether to is for who knows the terminal: NO_COLOR and isatty are not asked here
  std::size_t max_hosts = 40;  // exposed hosts shown; "and 37 more" stands for the rest
};

void write_table(const SurveySource& survey, std::ostream& out, const TableOptions& wanted = {});

}  // namespace edgesurvey
