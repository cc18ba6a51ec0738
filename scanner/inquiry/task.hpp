// What a host can be asked, numbered so that an answer finds its question again: a port of the evidence by
// its index there, a recheck, or a service port once more for its RTT alone. A further try may start while
// the one before still waits: which of them was answered tells whether a packet was lost.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace edgesurvey {

// Names one thing a host is asked, for as long as its scan lives.
using TaskId = std::uint32_t;

// Names one try of it. The first try's name is the task's own.
using TryId = std::uint32_t;

inline constexpr TaskId first_confirm_task = TaskId{1} << 24U;
inline constexpr TaskId bracket_task = first_confirm_task + 3;
inline constexpr TaskId first_repeat_task = bracket_task + 1;
inline constexpr unsigned try_shift = 26;
inline constexpr unsigned most_tries_told_apart = 1U << (32U - try_shift);

inline constexpr TaskId port_task(std::size_t index) {
  return static_cast<TaskId>(index);
}
inline constexpr TaskId confirm_task(std::size_t index) {
  return first_confirm_task + static_cast<TaskId>(index);
}
inline constexpr TaskId repeat_task(std::uint32_t number) {
  return first_repeat_task + number;
}

// number: from 1. Tries beyond the last that can be told apart share its name.
inline constexpr TryId try_of(TaskId task, unsigned number) {
  return task | (TryId{std::min(number, most_tries_told_apart) - 1} << try_shift);
}
inline constexpr TaskId task_of(TryId id) {
  return id & ((TryId{1} << try_shift) - 1);
}
inline constexpr unsigned number_of(TryId id) {
  return (id >> try_shift) + 1;
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
