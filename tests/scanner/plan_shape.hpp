// How many ports of a plan come before its sample, for tests that count them.
#pragma once

#include <cstddef>

#include "scanner/plan.hpp"

namespace edgesurvey {

inline constexpr std::size_t planned_controls = 4;
inline constexpr std::size_t planned_essentials = service_ports.size() + cls_ports.size();
inline constexpr std::size_t before_sample = planned_essentials + planned_controls;
inline constexpr std::size_t whole_plan = before_sample + 64;
inline constexpr std::size_t half_plan = before_sample + 32;

}  // namespace edgesurvey
