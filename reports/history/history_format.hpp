// What a history is asked for, and its forms, as format.hpp has those of a survey.
#pragma once

#include <string>
#include <vector>

#include "reports/files/destination.hpp"
#include "reports/history/timeline.hpp"

namespace edgesurvey {

struct HistoryView {
  std::string host;  // a name or an address; empty: the trend of the survey
  std::vector<RunRecord> runs;
  std::vector<HostTimeline> timelines;  // the host's
};

Formats<HistoryView> history_formats();

}  // namespace edgesurvey
