#include "scanner/schedule/survey_pacer.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "scanner/probe.hpp"

namespace edgesurvey {
namespace {

// Spacing carries a little air, as a host's does: what a counter on the wire sees in any second stays within
// the rate.
constexpr double spacing_air = 1.003;
constexpr double shortest_slot_seconds = 0.005;
constexpr double longest_slot_seconds = 100;
constexpr std::size_t slots_ahead = 16384;  // at the shortest, 163 s: Linux gives up a SYN after 127 s

// Timers of a second are coarse in Linux: one fires up to a sixteenth of it late (kernel/time/timer.c,
// granularity of the wheel's levels), the next of the same SYN as much later again; so a second may see more
// resends than were booked for it.
constexpr double late_share = 1.0 / 5;
constexpr double few_a_second =
    1000;  // at fewer the share of a slot is less than a SYN, and all of the pace gives way

// A second may cut two slots, and see one more than its share.
double slot_air(double per_second) {
  return 1.002 + std::max(shortest_slot_seconds, 1 / per_second) +
         (per_second < few_a_second ? late_share : 0);
}

// The fewest SYNs that take the pace a slot or longer.
std::uint32_t most_in_a_slot(double per_second) {
  if (per_second <= 0) return UINT32_MAX;
  return static_cast<std::uint32_t>(
      std::clamp(std::ceil(per_second * shortest_slot_seconds / slot_air(per_second)), 1.0, 1e9));
}

Duration slot_for(double per_second) {
  if (per_second <= 0) return std::chrono::seconds(1);
  const double seconds =
      std::min(most_in_a_slot(per_second) * slot_air(per_second) / per_second, longest_slot_seconds);
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

// With those of a slot before that leave late.
double with_late(std::uint32_t resends) {
  return resends * (1 + late_share);
}

}  // namespace

SurveyPacer::SurveyPacer(double per_second, Duration tolerance)
    : starts_(per_second / spacing_air, tolerance),
      slot_(slot_for(per_second)),
      most_a_slot_(most_in_a_slot(per_second)),
      slots_(slots_ahead) {}

std::uint32_t SurveyPacer::booked(std::int64_t slot) const {
  const Slot& at = slots_[static_cast<std::size_t>(slot) % slots_ahead];
  return at.number == slot ? at.syns : 0;
}

void SurveyPacer::book(std::int64_t slot, int syns) {
  last_booked_ = std::max(last_booked_, slot);
  Slot& at = slots_[static_cast<std::size_t>(slot) % slots_ahead];
  if (at.number != slot) at = {.number = slot, .syns = 0};
  at.syns = static_cast<std::uint32_t>(std::max<std::int64_t>(0, std::int64_t{at.syns} + syns));
}

Time SurveyPacer::ready_at(Time now) const {
  const Time spaced = starts_.ready_at();
  if (most_a_slot_ == UINT32_MAX) return spaced;
  Time ready = std::max(spaced, now);
  for (std::int64_t slot = slot_of(ready);; ++slot) {
    // Far from any resend even spacing is enough.
    const bool alone = (slot - last_booked_) > first_resend / slot_;
    const std::uint32_t started = slot == current_ ? started_in_it_ : 0;
    if (alone || with_late(booked(slot)) + started < most_a_slot_) return ready > now ? ready : spaced;
    ready = Time{} + (slot + 1) * slot_;
  }
}

Time SurveyPacer::room_at(Time now, unsigned syns) const {
  if (most_a_slot_ == UINT32_MAX) return now;
  for (unsigned syn = 1; syn < syns; ++syn)
    if (with_late(booked(slot_of(now + syn * first_resend))) >= most_a_slot_)
      return Time{} + (slot_of(now) + 1) * slot_;
  return now;
}

void SurveyPacer::take(Time now, unsigned syns) {
  starts_.take(now);
  if (slot_of(now) != current_) {
    current_ = slot_of(now);
    started_in_it_ = 0;
  }
  ++started_in_it_;
  for (unsigned syn = 1; syn < syns; ++syn) book(slot_of(now + syn * first_resend), 1);
}

void SurveyPacer::ended(Time started, unsigned syns, Time now) {
  for (unsigned syn = 1; syn < syns; ++syn)
    if (const Time leaves = started + syn * first_resend; leaves > now) book(slot_of(leaves), -1);
}

}  // namespace edgesurvey
