// A history on a terminal: the newest stands last, nearest to the prompt.
#pragma once

#include <iosfwd>
#include <string_view>
#include <vector>

#include "reports/history/timeline.hpp"
#include "reports/history/trend.hpp"
#include "reports/text/terminal.hpp"

namespace edgesurvey {

// A line for each run: when, how many addresses, how many of them exposed, the share with its interval, and a
// bar where there is room.
void write_trend_table(const Trend& trend, std::ostream& out, const TableOptions& wanted = {});

// A line or two for each stretch of each host. absent: what is said of runs that did not judge it.
void write_timelines(const std::vector<HostTimeline>& hosts, std::ostream& out,
                     const TableOptions& wanted = {}, std::string_view absent = "not judged");

}  // namespace edgesurvey
