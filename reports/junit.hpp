// The survey as JUnit XML, in the subset that Jenkins, GitLab and Azure DevOps all read: testsuites,
// testsuite, testcase, and in it failure, error or skipped (junit_case.hpp says which is which).
#pragma once

#include <iosfwd>

#include "reports/survey_source.hpp"

namespace edgesurvey {

void write_junit(const SurveySource& survey, std::ostream& out);

}  // namespace edgesurvey
