// Where an opening of the media range begins and ends, to the port: what is asked for that, round after
// round.
#pragma once

#include <cstddef>

#include "scanner/inquiry/agenda.hpp"
#include "scanner/evidence.hpp"
#include "scanner/inquiry/scan_rules.hpp"

namespace edgesurvey {

class BoundarySearch {
 public:
  // All three must outlive it. Ports that are asked for the first time are added to the evidence.
  BoundarySearch(Evidence& evidence, const ScanRules& rules, Agenda& agenda)
      : evidence_(evidence), rules_(rules), agenda_(agenda) {}

  // Puts on the agenda what is to be asked by what is known now: whether any of it moves the search on.
  // Otherwise it has come to its end, or there is nothing to search; a silence at such an end may still be
  // asked again, and is heard of by another call once it has answered.
  // in_haste: rather few rounds than few ports. late_before: see boundary_ports_to_ask().
  bool plan(Time now, bool in_haste, Time late_before = Time::max());

 private:
  void doubt_ends(Time now, bool hurries, Time late_before);
  bool doubt_silences(Time now);

  Evidence& evidence_;
  const ScanRules& rules_;
  Agenda& agenda_;
  bool doubted_ = false;  // silences of the search were all asked again
};

}  // namespace edgesurvey
