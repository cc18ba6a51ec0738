// What a history says in words, the same on a terminal and in a page. Nothing here is escaped.
#pragma once

#include <string>
#include <vector>

#include "reports/history/timeline.hpp"

namespace edgesurvey {

// "2026-01-03"
std::string day_of(WallTime time);
// "2026-01-03 09:30"; UTC, as all times are.
std::string minute_of(WallTime time);
// "25" for 0.25
std::string whole_percent(double share);

// "2026-01-03 .. 2026-03-01", or the one day.
std::string days_of(const Stretch& stretch);
// "cls-exposed (cls-ports-open), high"
std::string judgement_of(const Sighting& sighting);
// "CLS 50001-50003 open, range 95.3-98.4 %"; empty if there is nothing to tell.
std::string evidence_of(const Stretch& stretch);

// "9 runs from 2026-01-03 to 2026-03-01: exposed share 25.2 %, then 12.0 %". Precondition: there are runs.
std::string trend_headline(const std::vector<RunRecord>& runs);
// Empty if all runs were made from one place.
std::string vantage_note(const std::vector<RunRecord>& runs);

}  // namespace edgesurvey
