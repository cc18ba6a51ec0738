// Calendar days, UTC: what a waiver's end is measured in.
#pragma once

#include <chrono>
#include <string>

namespace edgesurvey {

using Day = std::chrono::sys_days;

// "2026-03-31"
std::string to_string(Day day);

}  // namespace edgesurvey
