// The first try of every planned port, in the plan's order: which comes next, what it has to wait for, and
// when the rest is left out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "scanner/inquiry/agenda.hpp"
#include "scanner/evidence.hpp"
#include "scanner/inquiry/in_flight.hpp"
#include "scanner/plan.hpp"
#include "scanner/inquiry/scan_rules.hpp"
#include "scanner/inquiry/stopping.hpp"

namespace edgesurvey {

// Whether half of such a sample may be enough: of 63 ports and more, unless all is wanted.
bool asks_by_halves(const ProbePlan& plan, const ScanRules& rules);

// What the rest of the sample waits for. Before its first half has been asked that can only be the bracket,
// and the end only that the host has gone dark.
enum class Halt : std::uint8_t {
  none,            // nothing: it goes on
  awaits_answers,  // who can tell
  may_be_the_end,  // likewise, but what is known so far would be enough
  asks_doubtful,   // silences among answers are to be asked again first: see doubtful_half_way()
  awaits_bracket,  // for that to tell whether the host is still there
  enough,          // the rest would change nothing
};

class FirstPass {
 public:
  // All must outlive it. The evidence begins with the plan's ports, as they stand there.
  FirstPass(Evidence& evidence, const ProbePlan& plan, const ScanRules& rules, const InFlight& in_flight,
            const Agenda& agenda);

  bool is_through() const { return next_ >= end_; }
  // Ports that are still to be asked.
  std::size_t unasked() const { return end_ - next_; }
  // How many ports are services and CLS: the first of all. And whether they have all been asked.
  std::size_t essentials() const { return first_control_; }
  bool asked_essentials() const { return next_ >= first_control_; }

  // Whether the next port may be asked now.
  bool is_open() const;
  // Whether its answers can wait: the sample's, once its first ports were all silent or all answered.
  bool can_wait() const;
  // Whether some of the sample was passed and some was not, as far as can be told by now.
  bool passed_in_part() const { return passed_ && (turned_away_ || filtered_); }
  Halt halt() const;
  // Whether it looks as if silence will await the bracket: nothing has answered of what was asked before
  // then.
  bool seems_silent(Time late_before) const;
  // Whether the host may have gone dark: a service was repeated before then, and nothing has answered since.
  bool host_seems_gone(Time late_before) const;
  // Indices into the evidence.
  std::vector<std::size_t> doubtful_half_way() const;

  // The next port, as an index into the evidence. Precondition: not through.
  std::size_t take_next() { return next_++; }
  // Whether a service is to be repeated before that; asked each time, for it counts the ports in between.
  bool repeat_is_due();
  // A port of the sample was answered or given up. turned_away: refused by something in front of the host.
  void note_sample(PortState state, bool turned_away);
  // Leaves out what is pointless to ask by now.
  void leave_out_the_pointless();

 private:
  bool asked_cls() const;
  bool is_half_way() const;
  HalfWay first_half() const;
  Halt halt_half_way() const;
  Halt halt_in_silence(bool any_awaited) const;
  bool may_be_left_out() const;
  Halt halt_for_bracket() const;

  Evidence& evidence_;
  const ProbePlan& plan_;
  const ScanRules& rules_;
  const InFlight& in_flight_;
  const Agenda& agenda_;
  std::size_t next_ = 0;
  std::size_t first_control_;  // where in the plan services and CLS end, and
  std::size_t first_sample_;   // where the sample begins
  std::size_t end_;
  std::size_t since_repeat_ = 0;  // ports of the sample since a service was last repeated
  // Any port of the sample, as far as could be told when its answer came:
  bool passed_ = false;
  bool turned_away_ = false;
  bool filtered_ = false;  // silent, or an ICMP error came
};

}  // namespace edgesurvey
