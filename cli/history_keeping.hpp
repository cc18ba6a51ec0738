// --history: a run's results, and then the run itself in the history that its reports show the trend of.
#pragma once

#include <string>

#include "cli/outputs.hpp"

namespace edgesurvey {

// Whether a run could be added there as far as the file itself goes; else stderr says why not. True without a
// history. A disk that is full or read-only is no reason: the results are written all the same.
bool may_keep_history(const std::string& history);

// Writes the reports with the trend, and adds the run after them. False when anything could not be written;
// the rest still is, and stderr says what is missing. Without a history it writes the reports.
bool write_and_keep(const Outputs& outputs, SurveySource& survey, const std::string& history);

}  // namespace edgesurvey
