#include "scanner/first_pass.hpp"

#include <algorithm>
#include <span>

#include "scanner/facts.hpp"
#include "scanner/second_look.hpp"
#include "scanner/stopping.hpp"

namespace edgesurvey {
namespace {

// So much of the sample goes first: most openings show here.
constexpr std::size_t telling_sample = 16;

}  // namespace

FirstPass::FirstPass(Evidence& evidence, const ProbePlan& plan, const ScanRules& rules)
    : evidence_(evidence),
      plan_(plan),
      rules_(rules),
      first_control_(plan.count(Role::service) + plan.count(Role::cls)),
      first_sample_(plan.size() - plan.count(Role::sample)),
      end_(plan.size()) {}

// The sample waits until every CLS port has answered or was asked twice: should 64 strange ports trip an
// intrusion prevention system, the question that matters has been asked by then. Half-way it waits once more:
// the rest may not be worth asking.
bool FirstPass::is_open(bool all_is_in) const {
  if (is_through()) return false;
  if (next_ < first_sample_) return true;
  if (next_ == first_sample_) return asked_cls();
  if (!is_half_way()) return true;
  const HalfWay shown = first_half();
  switch (shown.kind) {
    case HalfWay::Kind::alike:
      return false;
    case HalfWay::Kind::mixed:
      return true;
    case HalfWay::Kind::silent: {
      const bool host_is_there = evidence_.bracket && evidence_.bracket->answered() && !went_dark(evidence_);
      if (host_is_there && silence_decides(evidence_)) return true;
      break;
    }
    case HalfWay::Kind::awaited:
      break;
  }
  return all_is_in && shown.doubtful.empty();
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
  return !is_through() && next_ == first_sample_ + plan_.sample_half() && !rules_.whole_sample &&
         half_may_do(plan_.sample_half());
}

HalfWay FirstPass::first_half() const {
  HalfWay shown = half_way(evidence_, first_sample_, plan_.sample_half());
  if (rules_.retries == 0) shown.doubtful.clear();
  return shown;
}

bool FirstPass::may_end_half_way() const {
  if (!is_half_way()) return false;
  const HalfWay shown = first_half();
  return shown.kind != HalfWay::Kind::mixed && (shown.any_answer || !silence_decides(evidence_));
}

bool FirstPass::hangs_on_bracket() const {
  return is_half_way() && !first_half().any_answer && silence_decides(evidence_);
}

// Silence of a host that has gone dark is no evidence, however much there is of it.
bool FirstPass::is_enough(const HalfWay& shown, bool all_is_in) const {
  switch (shown.kind) {
    case HalfWay::Kind::alike:
      return true;
    case HalfWay::Kind::silent:
      return !shown.any_awaited && (!silence_decides(evidence_) || (all_is_in && went_dark(evidence_)));
    case HalfWay::Kind::awaited:
    case HalfWay::Kind::mixed:
      break;
  }
  return false;
}

std::vector<std::size_t> FirstPass::doubtful_half_way() const {
  return is_half_way() ? first_half().doubtful : std::vector<std::size_t>{};
}

// Repeats of a service run among the refusals that they are compared with: whatever slows the path or this
// machine down meanwhile slows both. The second half of the sample may not be asked.
bool FirstPass::repeat_is_due() {
  if (next_ < first_sample_) return false;
  const std::size_t half = plan_.sample_half();
  const std::size_t sample = half_may_do(half) && !rules_.whole_sample ? half : plan_.size() - first_sample_;
  if (++since_repeat_ * (most_repeats + 1) < sample) return false;
  const std::size_t wanted = repeats_wanted(evidence_);
  const bool due = evidence_.repeats < wanted && since_repeat_ * (wanted + 1) >= sample;
  if (due || wanted == 0)
    since_repeat_ = 0;  // another look at the evidence is worth its time only a while later
  return due;
}

void FirstPass::leave_out_the_pointless(bool all_is_in) {
  if (rules_.whole_sample || is_through()) return;
  const bool half_is_enough = is_half_way() && is_enough(first_half(), all_is_in);
  if (!half_is_enough && !accepts_everything(evidence_, next_)) return;
  evidence_.ports.resize(next_);
  end_ = next_;
}

}  // namespace edgesurvey
