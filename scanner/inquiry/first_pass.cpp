#include "scanner/inquiry/first_pass.hpp"

#include <algorithm>
#include <span>

#include "scanner/judging/facts.hpp"
#include "scanner/inquiry/second_look.hpp"
#include "scanner/inquiry/stopping.hpp"

namespace edgesurvey {
namespace {

// So much of the sample goes first: most openings show here.
constexpr std::size_t telling_sample = 16;

}  // namespace

bool asks_by_halves(const ProbePlan& plan, const ScanRules& rules) {
  return half_may_do(plan.sample_half()) && !rules.whole_sample;
}

FirstPass::FirstPass(Evidence& evidence, const ProbePlan& plan, const ScanRules& rules,
                     const InFlight& in_flight, const Agenda& agenda)
    : evidence_(evidence),
      plan_(plan),
      rules_(rules),
      in_flight_(in_flight),
      agenda_(agenda),
      first_control_(plan.count(Role::service) + plan.count(Role::cls)),
      first_sample_(plan.size() - plan.count(Role::sample)),
      end_(plan.size()) {}

// The sample waits until every CLS port has answered or was asked twice: should 64 strange ports trip an
// intrusion prevention system, the question that matters has been asked by then.
bool FirstPass::is_open() const {
  if (is_through()) return false;
  if (next_ == first_sample_) return asked_cls();
  return halt() == Halt::none;
}

bool FirstPass::asked_cls() const {
  const std::span essentials(evidence_.ports.data(), first_control_);
  return std::all_of(essentials.begin(), essentials.end(), [this](const PortEvidence& port) {
    const bool ended = port.reason != Reason::not_run;
    return port.role != Role::cls || port.answered() || port.attempts > 1 || (ended && rules_.retries == 0);
  });
}

// A sample that is passed in part leads on to a search for where the openings end, one question after
// another: that begins when the sample is through. One that is turned away here and silent there, as where
// refusals are rationed, has a second look at its silences before it.
bool FirstPass::can_wait() const {
  const bool leads_on = passed_in_part() || (turned_away_ && filtered_);
  return !leads_on && next_ >= first_sample_ + telling_sample;
}

void FirstPass::note_sample(PortState state, bool turned_away) {
  if (state == PortState::unknown) return;
  bool& kind = state == PortState::filtered ? filtered_ : turned_away ? turned_away_ : passed_;
  kind = true;
}

bool FirstPass::is_half_way() const {
  return !is_through() && next_ == first_sample_ + plan_.sample_half() && asks_by_halves(plan_, rules_);
}

HalfWay FirstPass::first_half() const {
  HalfWay shown = half_way(evidence_, first_sample_, plan_.sample_half());
  std::erase_if(shown.doubtful, [this](std::size_t index) {
    return !rules_.leaves_a_try(evidence_.ports[index].attempts) || agenda_.contains(port_task(index));
  });
  return shown;
}

Halt FirstPass::halt() const {
  const Halt half = is_half_way() ? halt_half_way() : Halt::none;
  return half == Halt::none && evidence_.bracket && may_be_left_out() ? halt_for_bracket() : half;
}

Halt FirstPass::halt_half_way() const {
  const HalfWay shown = first_half();
  switch (shown.kind) {
    case HalfWay::Kind::mixed:
      return Halt::none;
    case HalfWay::Kind::alike:
      return Halt::enough;
    case HalfWay::Kind::silent:
      return halt_in_silence(shown.any_awaited);
    case HalfWay::Kind::awaited:
      break;
  }
  if (!shown.doubtful.empty()) return Halt::asks_doubtful;
  if (!in_flight_.none())
    return shown.any_answer || !silence_decides(evidence_) ? Halt::may_be_the_end : Halt::awaits_answers;
  return agenda_.empty() ? Halt::none : Halt::awaits_answers;
}

bool FirstPass::seems_silent(Time late_before) const {
  return rules_.retries > 0 && is_half_way() && evidence_.ports[first_sample_].asked < late_before &&
         !first_half().any_answer && silence_decides(evidence_);
}

// Silence of a host that has gone dark is no evidence, however much there is of it. That a host answers
// nowhere is not known before its last try is in.
Halt FirstPass::halt_in_silence(bool any_awaited) const {
  if (!silence_decides(evidence_)) {
    const bool all_is_in = in_flight_.none() && agenda_.empty();
    const bool all_is_silent = !any_awaited && agent_shows(evidence_);
    return all_is_in || all_is_silent ? Halt::enough : Halt::may_be_the_end;
  }
  return may_be_left_out() && !evidence_.bracket ? Halt::awaits_bracket : Halt::none;
}

// A host is not taken for gone for want of a single packet, nor before anything of its sample was asked, nor
// where all is wanted whatever it is worth.
bool FirstPass::may_be_left_out() const {
  return rules_.retries > 0 && !rules_.whole_sample && next_ > first_sample_ && !is_through();
}

// A bracket that another port has overtaken, which shows better that the host lives, is no longer waited for.
Halt FirstPass::halt_for_bracket() const {
  const bool is_there = evidence_.bracket->answered() && !went_dark(evidence_);
  if (is_there || !is_best_bracketed(evidence_)) return Halt::none;
  if (in_flight_.has_words() || agenda_.contains(bracket_task)) return Halt::awaits_bracket;
  return went_dark(evidence_) ? Halt::enough : Halt::none;
}

bool FirstPass::host_seems_gone(Time late_before) const {
  return may_be_left_out() && in_flight_.in_doubt_since() < late_before;
}

std::vector<std::size_t> FirstPass::doubtful_half_way() const {
  return is_half_way() ? first_half().doubtful : std::vector<std::size_t>{};
}

// Repeats of a service run among the refusals that they are compared with: whatever slows the path or this
// machine down meanwhile slows both. The second half of the sample may not be asked.
bool FirstPass::repeat_is_due() {
  if (next_ < first_sample_) return false;
  const std::size_t sample =
      asks_by_halves(plan_, rules_) ? plan_.sample_half() : plan_.size() - first_sample_;
  if (++since_repeat_ * (most_repeats + 1) < sample) return false;
  const std::size_t wanted = repeats_wanted(evidence_);
  const bool due = evidence_.repeats < wanted && since_repeat_ * (wanted + 1) >= sample;
  if (due || wanted == 0)
    since_repeat_ = 0;  // another look at the evidence is worth its time only a while later
  return due;
}

void FirstPass::leave_out_the_pointless() {
  if (rules_.whole_sample || is_through()) return;
  if (halt() != Halt::enough && !accepts_everything(evidence_, next_)) return;
  evidence_.ports.resize(next_);
  end_ = next_;
}

}  // namespace edgesurvey
