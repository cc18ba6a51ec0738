// A history for programs. schema: "edgesurvey-history/1".
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "reports/history/timeline.hpp"

namespace edgesurvey {

// {"schema", "runs": [{started, finished, seed, pace, vantage, complete, targets, skipped, addresses,
// verdicts}]}, the oldest first; verdicts as in a result's summary.
void write_history_json(const std::vector<RunRecord>& runs, std::ostream& out);

// The same with "host", the name or address asked for, and "hosts": [{address, names, stretches: [{first,
// last, runs, verdict, reason, confidence, cls_open, range: {least, most}}]}]. verdict and the rest are null
// where the runs did not judge the host, or not by that name.
void write_history_json(const std::vector<RunRecord>& runs, const std::string& host,
                        const std::vector<HostTimeline>& timelines, std::ostream& out);

}  // namespace edgesurvey
