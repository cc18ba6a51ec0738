// The farm's clock: nanoseconds since it opened. Only run.cpp reads a real one.
#pragma once

#include <chrono>

namespace edgesurvey::farm {

using Time = std::chrono::nanoseconds;

inline Time from_ms(double ms) {
  return std::chrono::duration_cast<Time>(std::chrono::duration<double, std::milli>(ms));
}
inline Time from_s(double s) {
  return from_ms(s * 1000);
}
inline double in_s(Time time) {
  return std::chrono::duration<double>(time).count();
}

}  // namespace edgesurvey::farm
