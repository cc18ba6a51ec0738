// What a host can be asked, numbered so that an answer finds its question again: a port of the evidence by
// its index there, a recheck, or a service port once more for its RTT alone.
#pragma once

#include <cstddef>
#include <cstdint>

namespace edgesurvey {

// Names one thing a host is asked, for as long as its scan lives.
using TaskId = std::uint32_t;

inline constexpr TaskId first_confirm_task = TaskId{1} << 24U;
inline constexpr TaskId bracket_task = first_confirm_task + 3;
inline constexpr TaskId first_repeat_task = bracket_task + 1;

inline constexpr TaskId port_task(std::size_t index) {
  return static_cast<TaskId>(index);
}
inline constexpr TaskId confirm_task(std::size_t index) {
  return first_confirm_task + static_cast<TaskId>(index);
}
inline constexpr TaskId repeat_task(std::uint32_t number) {
  return first_repeat_task + number;
}

inline constexpr bool asks_port(TaskId task) {
  return task < first_confirm_task;
}
inline constexpr bool confirms(TaskId task) {
  return !asks_port(task) && task < bracket_task;
}
inline constexpr bool repeats_for_rtt(TaskId task) {
  return task >= first_repeat_task;
}

}  // namespace edgesurvey
