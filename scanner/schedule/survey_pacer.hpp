// The pace of a survey as a whole, the kernel's resends included: these leave by themselves, one a second,
// and a little late, for Linux's timers of a second are coarse.
//
// No second may see more SYNs than the pace has. The SYNs of one probe leave at least a second apart, so any
// second sees one of them at most: a probe takes one of the pace's places from its start until a second after
// its last SYN, and starts only when there is one.
#pragma once

#include <map>
#include <unordered_map>

#include "scanner/pacer.hpp"
#include "scanner/probe.hpp"

namespace edgesurvey {

class SurveyPacer {
 public:
  // per_second: SYNs a second in all, 0 for no limit; below one a second only starts keep to it, not resends.
  // tolerance: see Pacer.
  SurveyPacer(double per_second, Duration tolerance);

  // The earliest time from now on at which a probe may start; may lie in the past.
  Time ready_at(Time now);
  // A probe starts for which the kernel may send so many SYNs.
  void take(ProbeTicket probe, Time now, unsigned syns);
  // The one taken last left only at `when`.
  void left_at(Time when);
  // The probe ended: SYNs that it has not sent do not leave any more. Where it ended later than it was to,
  // for this process was stopped, the kernel may have sent one more meanwhile.
  void ended(ProbeTicket probe, Time now);

 private:
  struct Place {
    Time taken{};
    Time until{};  // epoch: not held yet
    unsigned syns = 1;
  };
  Time free_at(const Place& place, Time sent_by) const;
  // Holds the place until then, whether or not it is held already.
  void hold(Place& place, Time until);

  Pacer starts_;
  unsigned places_;  // UINT_MAX: no limit
  Duration a_syn_;   // how long a SYN takes a place
  unsigned taken_ = 0;
  std::map<Time, unsigned> freed_;  // how many of the taken when
  std::unordered_map<ProbeTicket, Place> in_flight_;
  ProbeTicket last_ = 0;  // the one taken last
};

}  // namespace edgesurvey
