// What a host is asked once every planned port has had its first try: phase after phase, each from what the
// evidence shows by then.
//
//   second look   only if the range was answered: controls and sample ports whose silence would now be
//                 evidence, and a service port repeated for its RTT where refusals must be told apart
//   third look    refusals that came late among early ones: whose were they?
//   boundaries    where an opening of the range begins and ends, to the port; once more whenever a silence
//                 at such an end turns out to have been a lost packet
//   last words    CLS ports that were open, watched; silent ones once more, now that time has passed; and
//                 after them the bracket, the port that answered first: did the host stay with us to the end?
//   last look     only if it did and packets were lost on the way: silences that matter, once the spell is
//                 over
//
// What does not depend on an answer does not wait for it: the search for boundaries goes on beside further
// tries, and the last words are spoken once the last SYN has left, where nothing more seems to be asked. If
// it turns out otherwise they are spoken again at the end: the bracket comes after all that it vouches for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "scanner/agenda.hpp"
#include "scanner/boundary_search.hpp"
#include "scanner/evidence.hpp"
#include "scanner/scan_rules.hpp"

namespace edgesurvey {

class FollowUp {
 public:
  // All three must outlive it. What is to be asked is put on the agenda; ports, confirmations and the bracket
  // that the plan did not have are added to the evidence.
  FollowUp(Evidence& evidence, const ScanRules& rules, Agenda& agenda)
      : evidence_(evidence), rules_(rules), agenda_(agenda), search_(evidence, rules, agenda) {}

  // Moves on until there is something to ask, or nothing any more. Precondition: every planned port has had
  // its first try, nothing is in flight, and nothing on the agenda is due.
  void advance(Time now);
  // What need not wait for the probes in flight. Precondition: none of them narrows down a boundary, nothing
  // on the agenda is due, and the plan is through, or waits half-way for what its sample has brought.
  void go_on_beside(Time now);

  bool begun() const { return phase_ != Phase::first_pass; }
  bool done() const { return phase_ == Phase::done; }
  // Whether a port that stays silent is asked on, as long as tries are left and packets are being lost.
  bool asks_on() const { return begun() && phase_ < Phase::last_words; }

 private:
  enum class Phase : std::uint8_t { first_pass, third_look, boundaries, last_words, last_look, done };

  bool waits_for_the_agenda() const;
  bool second_look_is_due() const;
  bool looks_like_the_end() const;
  bool was_the_end() const;
  void step(Time now);
  void plan_second_look(Time now);
  bool plan_third_look(Time now);  // whether there was anything to ask
  void plan_last_words(Time now);
  void plan_last_look(Time now);
  void forget_earlier_words();
  void confirm(Port port, Time not_before);

  Evidence& evidence_;
  const ScanRules& rules_;
  Agenda& agenda_;
  BoundarySearch search_;
  Phase phase_ = Phase::first_pass;
  bool looked_again_ = false;  // the second look was planned, and there was something to look at
  bool spoke_ = false;         // the last words, after all else
  std::optional<std::size_t> asked_at_early_words_;  // ports, when they were spoken before that; if they were
  bool asked_cls_once_more_ = false;
  unsigned last_looks_ = 0;
  std::size_t heard_before_ = 0;  // how many ports had answered before the last look
};

}  // namespace edgesurvey
