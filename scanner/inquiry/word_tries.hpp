// When the last words (CLS ports that were open, and the bracket) are asked again: soon enough for a single
// lost packet, and late enough for a spell of loss to have passed before the host is called gone.
#pragma once

#include "scanner/inquiry/agenda.hpp"
#include "scanner/inquiry/in_flight.hpp"
#include "scanner/inquiry/rtt.hpp"
#include "scanner/inquiry/scan_rules.hpp"
#include "scanner/inquiry/task.hpp"
#include "scanner/time.hpp"

namespace edgesurvey {

class WordTries {
 public:
  // All must outlive it. What is to be asked again is put on the agenda.
  WordTries(const ScanRules& rules, const InFlight& in_flight, const RttEstimator& rtt, Agenda& agenda)
      : rules_(rules), in_flight_(in_flight), rtt_(rtt), agenda_(agenda) {}

  // The host's first SYN went.
  void began(Time now) { began_ = now; }
  // A confirmation or the bracket was asked for the `attempts`-th time; hurries: see ScanRules::hurries().
  void asked(TaskId task, unsigned attempts, Time now, bool hurries);

 private:
  void ask_again(TaskId task, unsigned attempts, Time now, bool hurries);
  void ask_bracket_in_haste(unsigned attempts, Time now);
  Time spell_has_passed_at(bool hurries) const;

  const ScanRules& rules_;
  const InFlight& in_flight_;
  const RttEstimator& rtt_;
  Agenda& agenda_;
  Time began_{};
  Time bracket_asked_{};  // when the bracket's first try went, if that was in haste
};

}  // namespace edgesurvey
