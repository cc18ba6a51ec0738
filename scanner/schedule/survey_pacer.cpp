#include "scanner/schedule/survey_pacer.hpp"

#include <algorithm>
#include <chrono>
#include <climits>
#include <cmath>

namespace edgesurvey {
namespace {

// Spacing carries a little air: what a counter on the wire sees in any second stays within the pace.
constexpr double spacing_air = 1.003;

// A timer of a second fires up to a sixteenth of it late (Linux, kernel/time/timer.c: the granularity of the
// wheel's levels), the next of the same SYN as much later again.
constexpr unsigned late_part = 16;

// Places are freed by the tick, so that few times are kept.
constexpr Duration tick = std::chrono::milliseconds(2);

unsigned places_for(double per_second) {
  return per_second <= 0 ? UINT_MAX : static_cast<unsigned>(std::min(std::ceil(per_second), 1e9));
}

// The whole number of places is filled by SYNs that each take a little longer than a second.
Duration time_of_a_syn(double per_second) {
  constexpr double longest = 1e15;
  if (per_second <= 0) return first_resend;
  const double nanoseconds = 1e9 * places_for(per_second) / per_second;
  return Duration(static_cast<Duration::rep>(std::min(nanoseconds, longest)));
}

}  // namespace

SurveyPacer::SurveyPacer(double per_second, Duration tolerance)
    : starts_(per_second / spacing_air, tolerance),
      places_(places_for(per_second)),
      a_syn_(time_of_a_syn(per_second)) {}

Time SurveyPacer::ready_at(Time now) {
  while (!freed_.empty() && freed_.begin()->first <= now) {
    taken_ -= freed_.begin()->second;
    freed_.erase(freed_.begin());
  }
  Time ready = starts_.ready_at();
  unsigned taken = taken_;
  for (auto freed = freed_.begin(); taken >= places_ && freed != freed_.end(); ++freed) {
    taken -= freed->second;
    ready = std::max(ready, freed->first);
  }
  return ready;
}

// When the place is free of all its SYNs that left by then.
Time SurveyPacer::free_at(const Place& place, Time sent_by) const {
  const auto resends = std::min<Duration::rep>(place.syns - 1, (sent_by - place.taken) / first_resend);
  const Time last = std::min(sent_by, place.taken + resends * (first_resend + first_resend / late_part));
  return std::max(last, place.taken + resends * a_syn_) + a_syn_;
}

void SurveyPacer::hold(Place& place, Time until) {
  const auto held = freed_.find(place.until);
  if (held == freed_.end())
    ++taken_;
  else if (--held->second == 0)
    freed_.erase(held);
  place.until = Time{(until.time_since_epoch() / tick + 1) * tick};
  ++freed_[place.until];
}

void SurveyPacer::take(ProbeTicket probe, Time now, unsigned syns) {
  starts_.take(now);
  if (places_ == UINT_MAX) return;
  last_ = probe;
  Place& place = in_flight_[probe] = {.taken = now, .syns = syns};
  hold(place, free_at(place, Time::max()));
}

void SurveyPacer::left_at(Time when) {
  starts_.left_at(when);
  const auto last = in_flight_.find(last_);
  if (last == in_flight_.end() || when <= last->second.taken) return;
  last->second.taken = when;
  hold(last->second, free_at(last->second, Time::max()));
}

void SurveyPacer::ended(ProbeTicket probe, Time now) {
  const auto ended = in_flight_.find(probe);
  if (ended == in_flight_.end()) return;
  Place& place = ended->second;
  if (now - place.taken >= place.syns * first_resend) {
    Place unplanned;
    hold(unplanned, now + a_syn_);
  } else if (place.syns > 1 && place.until > now) {
    hold(place, free_at(place, now));
  }
  in_flight_.erase(ended);
}

}  // namespace edgesurvey
