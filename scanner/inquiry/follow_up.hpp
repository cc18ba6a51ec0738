// What a host is asked once every planned port has had its first try: phase after phase, each from what the
// evidence shows by then.
//
//   second look   only if the range was answered: controls and sample ports whose silence would now be
//                 evidence, and a service port repeated for its RTT where refusals must be told apart
//   third look    refusals that came late among early ones: whose were they?
//   boundaries    where an opening of the range begins and ends, to the port; once more whenever a silence
//                 at such an end turns out to have been a lost packet
//   last words    CLS ports that were open, watched; and after them the bracket, the port that answered
//                 first: did the host stay with us to the end?
//   last look     only if it did and packets were lost on the way: silences that matter, once the spell is
//                 over
//
// Before all that, where half of the sample was silent, or nothing has answered since a service was repeated,
// the bracket is asked: of a host that has gone dark the rest is pointless. CLS ports that stayed silent are
// asked once more when some time has passed, beside whatever comes next.
//
// What does not depend on an answer does not wait for it. The search for boundaries goes on beside further
// tries, and begins once the plan is through: an answer that is late counts as a silence there, until it
// comes. The last words are spoken once the last SYN has left, where nothing more seems to be asked; if it
// turns out otherwise they are spoken again: the bracket comes after all that it vouches for, though last
// tries of CLS ports may follow it. And where packets were seen to be lost by then, the last look need not
// wait for them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "scanner/inquiry/agenda.hpp"
#include "scanner/inquiry/boundary_search.hpp"
#include "scanner/evidence.hpp"
#include "scanner/inquiry/first_pass.hpp"
#include "scanner/inquiry/in_flight.hpp"
#include "scanner/inquiry/last_look.hpp"
#include "scanner/inquiry/scan_rules.hpp"

namespace edgesurvey {

class FollowUp {
 public:
  // All must outlive it. What is to be asked is put on the agenda; ports, confirmations and the bracket that
  // the plan did not have are added to the evidence.
  FollowUp(Evidence& evidence, const FirstPass& first_pass, const InFlight& in_flight, const ScanRules& rules,
           Agenda& agenda)
      : evidence_(evidence),
        first_pass_(first_pass),
        in_flight_(in_flight),
        rules_(rules),
        agenda_(agenda),
        search_(evidence, rules, agenda),
        last_look_(evidence, rules, agenda) {}

  // Moves on as far as what is known allows. late_before: a port asked before then, and not answered by now,
  // is late. in_haste: the survey waits for this host. Precondition: nothing on the agenda is due.
  void go_on(Time now, Time late_before, bool in_haste);

  // Controls are evidence once the range has answered: silent ones are asked again when a spell of loss must
  // have passed, beside whatever else there is. To be called then, and whenever one of them is heard or not.
  void ask_controls_again(Time now);

  bool begun() const { return phase_ != Phase::first_pass; }
  bool done() const { return phase_ == Phase::done; }
  // Whether the last words were spoken, and are the last as far as is known.
  bool has_spoken() const { return phase_ >= Phase::last_words || words_are_spoken(); }
  // Whether a port that stays silent is asked on, as long as tries are left and packets are being lost.
  bool asks_on() const { return begun() && phase_ < Phase::last_words; }

 private:
  enum class Phase : std::uint8_t { first_pass, third_look, boundaries, last_words, last_look, done };

  void advance(Time now);
  bool search_beside(Time now, Time late_before);
  bool last_look_is_due(Time late_before) const;
  void speak_beside(Time now, Time late_before);
  bool may_begin_beside() const;
  bool waits_for_the_agenda() const;
  bool second_look_is_due() const;
  bool looks_like_the_end() const;
  bool was_the_end() const;
  bool words_are_spoken() const;
  void step(Time now);
  void plan_second_look(Time now);
  bool plan_third_look(Time now);  // whether there was anything to ask
  void ask_bracket_early(Time now);
  void plan_last_words(Time now);
  void ask_bracket(Time now);
  void plan_last_look(Time now);
  void ask_cls_once_more(Time now);
  void forget_earlier_words();
  void confirm(Port port, Time not_before);

  Evidence& evidence_;
  const FirstPass& first_pass_;
  const InFlight& in_flight_;
  const ScanRules& rules_;
  Agenda& agenda_;
  BoundarySearch search_;
  LastLook last_look_;
  Phase phase_ = Phase::first_pass;
  bool in_haste_ = true;
  bool looked_again_ = false;  // the second look was planned, and there was something to look at
  unsigned spoken_ = 0;        // how often the last words were
  std::optional<std::size_t> asked_at_early_words_;  // ports, when they were spoken before that; if they were
  bool spoke_of_bracket_alone_ = false;              // these were no more than that
  bool asked_cls_once_more_ = false;
};

}  // namespace edgesurvey
