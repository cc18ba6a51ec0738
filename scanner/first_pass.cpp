#include "scanner/first_pass.hpp"

#include <algorithm>
#include <span>

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
// intrusion prevention system, the question that matters has been asked by then. Half-way it waits once more,
// where the agent was found: the rest may not be worth asking.
bool FirstPass::is_open(bool all_is_in) const {
  if (is_through()) return false;
  if (next_ < first_sample_) return true;
  const bool began = next_ > first_sample_ || asked_cls();
  return began && (all_is_in || !halts_half_way());
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

bool FirstPass::halts_half_way() const {
  if (next_ != first_sample_ + plan_.sample_half() || rules_.whole_sample) return false;
  const std::span essentials(evidence_.ports.data(), first_control_);
  return half_may_do(plan_.sample_half()) &&
         std::none_of(essentials.begin(), essentials.end(), [](const PortEvidence& port) {
           return port.role == Role::cls && port.state != PortState::open;
         });
}

// Repeats of a service run among the refusals that they are compared with: whatever slows the path or this
// machine down meanwhile slows both.
bool FirstPass::repeat_is_due() {
  if (next_ < first_sample_) return false;
  const std::size_t sample = plan_.size() - first_sample_;
  if (++since_repeat_ * (most_repeats + 1) < sample) return false;
  const std::size_t wanted = repeats_wanted(evidence_);
  const bool due = evidence_.repeats < wanted && since_repeat_ * (wanted + 1) >= sample;
  if (due || wanted == 0)
    since_repeat_ = 0;  // another look at the evidence is worth its time only a while later
  return due;
}

void FirstPass::leave_out_the_pointless() {
  if (rules_.whole_sample || is_through()) return;
  if (!rest_of_sample_is_pointless(evidence_, next_, plan_.sample_half())) return;
  evidence_.ports.resize(next_);
  end_ = next_;
}

}  // namespace edgesurvey
