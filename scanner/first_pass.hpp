// The first try of every planned port, in the plan's order: which comes next, what it has to wait for, and
// when the rest is left out.
#pragma once

#include <cstddef>
#include <vector>

#include "scanner/evidence.hpp"
#include "scanner/plan.hpp"
#include "scanner/scan_rules.hpp"
#include "scanner/stopping.hpp"

namespace edgesurvey {

class FirstPass {
 public:
  // All three must outlive it. The evidence begins with the plan's ports, as they stand there.
  FirstPass(Evidence& evidence, const ProbePlan& plan, const ScanRules& rules);

  bool is_through() const { return next_ >= end_; }
  // Ports that are still to be asked.
  std::size_t unasked() const { return end_ - next_; }
  // How many ports are services and CLS: the first of all. And whether they have all been asked.
  std::size_t essentials() const { return first_control_; }
  bool asked_essentials() const { return next_ >= first_control_; }

  // Whether the next port may be asked now. all_is_in: nothing is in flight, nor to be asked again.
  bool is_open(bool all_is_in) const;
  // Whether its answers can wait: the sample's, once its first ports were all silent or all answered.
  bool can_wait() const;
  // Whether some of the sample was passed and some was not, as far as can be told by now.
  bool passed_in_part() const { return passed_ && (turned_away_ || filtered_); }
  // Whether it waits for the rest of what the first half of the sample brings, and that may be the end of it.
  bool may_end_half_way() const;
  // Whether it waits to hear from the bracket that the host is still there: that half was silent, and the
  // rest is worth asking then.
  bool hangs_on_bracket() const;
  // Silences of that half which are to be asked again before it goes on.
  std::vector<std::size_t> doubtful_half_way() const;

  // The next port, as an index into the evidence. Precondition: not through.
  std::size_t take_next() { return next_++; }
  // Whether a service is to be repeated before that; asked each time, for it counts the ports in between.
  bool repeat_is_due();
  // A port of the sample was answered or given up. turned_away: refused by something in front of the host.
  void note_sample(PortState state, bool turned_away);
  // Leaves out what is pointless to ask by now.
  void leave_out_the_pointless(bool all_is_in);

 private:
  bool asked_cls() const;
  bool is_half_way() const;
  HalfWay first_half() const;
  bool is_enough(const HalfWay& shown, bool all_is_in) const;

  Evidence& evidence_;
  const ProbePlan& plan_;
  const ScanRules& rules_;
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
