#include "scanner/judging/rules.hpp"

#include <array>

#include "scanner/judging/statistics.hpp"
#include "scanner/sample.hpp"

namespace edgesurvey {
namespace {

constexpr unsigned ample_controls = 4;

// More silences than one in eight are hardly lost packets.
constexpr unsigned ports_a_loss = 8;

// Open CLS ports that relay allocations would bring about more often than this are not put down to the agent.
// All three at once, which is how the agent shows itself, take a relay that holds half of the range.
constexpr double relay_chance = 0.05;
constexpr double relay_chance_of_all = 0.125;

// Beside the CLS ports one open port may well be a relay's.
constexpr unsigned fewest_neighbours = 2;
constexpr double neighbour_chance = 0.01;

Confidence high_if(bool condition) {
  return condition ? Confidence::high : Confidence::medium;
}
Confidence medium_if(bool condition) {
  return condition ? Confidence::medium : Confidence::low;
}

// ---- a middlebox that completes every handshake

// A busy relay whose own range is wider than 50000-59999 may hold a control or two; a middlebox, even on a
// lossy path, accepts most of them, or half of them and most of the range, which no relay does. Of the range
// as it was planned: one more silence never turns a middlebox into a relay.
bool accepts_everything(const Facts& f) {
  const unsigned judged = f.controls.judged();
  const bool half_is_enough = 2 * f.sample.open > f.sample.all();
  const bool enough = 2 * f.controls.open > judged || (2 * f.controls.open == judged && half_is_enough);
  return f.controls.open >= fewest_controls && enough &&
         !answers_more_often(f.sample.accepting(), f.controls.accepting());
}

Confidence everything_confidence(const Facts& f) {
  return high_if(f.controls.open == f.controls.judged());
}

// ---- the logging service

// The share of the range that a relay holds, by the sample. Its planned size counts, so that one more silence
// never turns a relay into an exposure.
double relay_share(const Facts& f) {
  return (f.sample.open + 0.5) / (f.sample.all() + 1.0);
}

// A relay with many ports in use may have taken CLS ports, too: is what the sample shows enough to explain
// them?
bool relay_explains_cls(const Facts& f) {
  if (f.sample.open == 0) return false;
  const bool all = f.cls_lasting() == f.cls.all();
  // What accepts outside the range as well, now and then, is no relay: deception, or a middlebox.
  const double enough = f.controls.open > 0 ? neighbour_chance : all ? relay_chance_of_all : relay_chance;
  return chance_of_at_least(f.cls_lasting(), f.cls.all(), relay_share(f)) > enough;
}

// Something that accepts a run of ports, or a good part of them, accepts those beside the CLS ports as well:
// all of them, or more than ports of a relay in use all over the range would bring about.
bool accepts_range_part(const Facts& f) {
  const Tally& beside = f.cls_neighbours;
  if (f.cls.open == 0 || beside.open < fewest_neighbours || accepts_everything(f) || f.mostly_accepting())
    return false;
  return beside.open == cls_neighbours.size() ||
         chance_of_at_least(beside.open, beside.judged(), relay_share(f)) < neighbour_chance;
}
Confidence range_part_confidence(const Facts& f) {
  return high_if(f.cls_neighbours.open == cls_neighbours.size());
}

// What accepts is told from what accepts everywhere by controls that did not, whoever refused them.
bool enough_controls_asked(const Facts& f) {
  return f.controls.judged() + f.controls.unheard + f.controls.refused_unclear >= fewest_controls;
}

bool agent_listens(const Facts& f) {
  return f.cls_lasting() > 0 && enough_controls_asked(f) && !accepts_everything(f) &&
         !accepts_range_part(f) && !relay_explains_cls(f);
}

bool cls_ports_open(const Facts& f) {
  return agent_listens(f) && f.cls_lasting() == f.cls.all();
}
Confidence cls_ports_confidence(const Facts& f) {
  return high_if(f.cls_not_asked == 0 && f.controls.open == 0 &&
                 f.controls.judged() + f.controls.refused_unclear >= fewest_controls);
}

bool some_cls_ports_open(const Facts& f) {
  return agent_listens(f) && f.cls_lasting() < f.cls.all();
}
Confidence some_cls_confidence(const Facts& f) {
  if (f.cls_still_open >= 2 && f.sample.open == 0) return Confidence::high;
  return medium_if(f.cls_still_open >= 1 || f.cls_cut_off);
}

// ---- the range is passed

// RSTs from inside the range against silence, or another kind of refusal, outside it. RSTs of the host inside
// and of something in front of it outside are different kinds, too. Where something in front refuses inside
// the range as well, a single late RST may be one of its own that was held up.
bool range_differs(const Facts& f) {
  const Tally range = f.range();
  const unsigned fewest_late = range.refused_in_front > 0 ? 2 : 1;
  if (range.refused < fewest_late || f.stopped_by_refusal || f.controls.judged() < fewest_controls)
    return false;
  return f.controls.by_host() == 0 || answers_more_often(range.answering(), f.controls.answering());
}

bool range_answers(const Facts& f) {
  return range_differs(f) && f.refusals != RefusalOrigin::in_front;
}
// Where something in front refuses as well, the verdict hangs on a few milliseconds.
Confidence range_answers_confidence(const Facts& f) {
  return high_if(f.sample.refused >= 3 && f.range().refused_in_front == 0 && f.controls.by_host() == 0 &&
                 f.controls.judged() >= ample_controls);
}

bool relay_port_open(const Facts& f) {
  return (f.sample.open > 0 || f.cls.open > 0) && !accepts_everything(f) && !accepts_range_part(f) &&
         !agent_listens(f) && enough_controls_asked(f);
}
// No relay holds most of its range: something that accepts for the host, in the range alone, would.
Confidence relay_confidence(const Facts& f) {
  if (f.mostly_accepting()) return Confidence::low;
  if (f.sample.open >= 2 && f.controls.open == 0) return Confidence::high;
  return medium_if(f.sample.open >= 1);
}

// Refused inside the range as outside it. Something in front of the host would be as near for all ports:
// where more late refusals are among the sooner ones than a few that were held up, on both sides, paths
// differ by port (RFC 2992, ECMP).
bool refused_alike(const Facts& f) {
  const Tally range = f.range();
  return ports_a_loss * range.refused > range.refused_in_front && f.controls.refused > 0 &&
         !f.stopped_by_refusal && !range_differs(f);
}

bool no_firewall(const Facts& f) {
  return refused_alike(f) && f.refusals == RefusalOrigin::host;
}
// Something that stands right beside the host would look the same.
Confidence no_firewall_confidence(const Facts&) {
  return Confidence::medium;
}

// ---- nothing may be concluded

bool interrupted(const Facts& f) {
  return f.interrupted;
}
bool local_error(const Facts& f) {
  return f.local_error;
}
bool blocked_during_scan(const Facts& f) {
  return f.stopped_responding;
}
Confidence failure_confidence(const Facts&) {
  return Confidence::low;
}

bool answers_everywhere(const Facts& f) {
  return refused_alike(f) && f.refusals == RefusalOrigin::cannot_tell;
}
Confidence undecided_confidence(const Facts&) {
  return Confidence::medium;
}

// ICMP errors are rate-limited by whoever sends them, so a few among many silences are a rejection all the
// same. "Host unreachable" alone, from a host that answers nowhere, says that there is no host.
bool rejected_by_icmp(const Facts& f) {
  const Tally range = f.range();
  const unsigned inside = f.host_answered() ? range.by_icmp() : range.prohibited;
  const unsigned outside = f.host_answered() ? f.controls.by_icmp() : f.controls.prohibited;
  return inside >= 2 || (inside >= 1 && outside >= 1);
}

bool no_answer(const Facts& f) {
  return !f.host_answered() && !rejected_by_icmp(f);
}
// Unless a router says that there is no host, a burst of loss as long as its scan would look the same.
Confidence no_answer_confidence(const Facts& f) {
  return high_if(f.range().unreachable > 0);
}

// ---- closed

bool nothing_forbids_closed(const Facts& f) {
  return !interrupted(f) && !local_error(f) && !f.stopped_responding && f.range().open == 0;
}

// Where ports outside are silent, the range is treated otherwise: it is rejected, or it is passed to a host
// that is nearer than what accepts for its service.
bool near_inside_alone(const Facts& f) {
  return f.range().refused_in_front > 0 && f.controls.silent == f.controls.judged();
}

bool range_rejected(const Facts& f) {
  if (!nothing_forbids_closed(f) || range_answers(f) || near_inside_alone(f)) return false;
  const Tally range = f.range();
  return f.refusals == RefusalOrigin::in_front || (range.refused_in_front > 0 && !refused_alike(f)) ||
         (range.refused == 0 && rejected_by_icmp(f));
}
// Refusals sooner than the host's as a whole, yet not each of them: a few may be the host's own.
Confidence rejected_confidence(const Facts& f) {
  const bool uniform = f.cls.silent == 0 && ports_a_loss * f.sample.silent <= f.sample.judged() &&
                       2 * f.controls.silent < f.controls.judged() && f.range().refused == 0;
  return high_if(uniform && f.services.open > 0);
}

bool range_silent(const Facts& f) {
  return nothing_forbids_closed(f) && f.host_answered() &&
         f.range().refused + f.range().refused_in_front == 0 && !rejected_by_icmp(f);
}
// A perimeter that rejects elsewhere and is silent here treats the range differently: it may well pass it.
Confidence silent_confidence(const Facts& f) {
  if (f.controls.by_host() + f.controls.refused_in_front + f.controls.by_icmp() > 0) return Confidence::low;
  return high_if(f.services.open > 0 && f.liveness_checked);
}

// ---- what is left: RSTs without controls to hold them against

bool undecided(const Facts& f) {
  return f.range().by_host() + f.range().refused_in_front > 0 && !accepts_everything(f) &&
         !accepts_range_part(f) && !agent_listens(f) && !range_answers(f) && !relay_port_open(f) &&
         !no_firewall(f) && !answers_everywhere(f) && !range_rejected(f);
}

constexpr std::array rules{
    Rule{VerdictReason::accepts_everything, accepts_everything, everything_confidence},
    Rule{VerdictReason::cls_ports_open, cls_ports_open, cls_ports_confidence},
    Rule{VerdictReason::some_cls_ports_open, some_cls_ports_open, some_cls_confidence},
    Rule{VerdictReason::range_answers, range_answers, range_answers_confidence},
    Rule{VerdictReason::relay_port_open, relay_port_open, relay_confidence},
    Rule{VerdictReason::no_firewall, no_firewall, no_firewall_confidence},
    Rule{VerdictReason::accepts_range_part, accepts_range_part, range_part_confidence},
    Rule{VerdictReason::interrupted, interrupted, failure_confidence},
    Rule{VerdictReason::local_error, local_error, failure_confidence},
    Rule{VerdictReason::blocked_during_scan, blocked_during_scan, undecided_confidence},
    Rule{VerdictReason::answers_everywhere, answers_everywhere, undecided_confidence},
    Rule{VerdictReason::no_answer, no_answer, no_answer_confidence},
    Rule{VerdictReason::range_rejected, range_rejected, rejected_confidence},
    Rule{VerdictReason::range_silent, range_silent, silent_confidence},
    Rule{VerdictReason::answers_everywhere, undecided, failure_confidence},
};

}  // namespace

std::span<const Rule> verdict_rules() {
  return rules;
}

}  // namespace edgesurvey
