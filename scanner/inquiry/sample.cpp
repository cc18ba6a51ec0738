// Ports drawn from all over the range.
#include <algorithm>

#include "scanner/inquiry/questions.hpp"

namespace edgesurvey {
namespace {

// So much of the sample is asked before others go first: most openings show here.
constexpr std::size_t telling_sample = 16;

// A sample that is passed in part leads on to a search for where the openings end, one question after
// another: that begins when the sample is through. One that is refused here and silent there has its silences
// asked again.
bool leads_on(const Glance& glance) {
  return glance.sample_answered && glance.sample_filtered;
}

// The sample waits until every CLS port has answered or is late: should 64 strange ports trip an intrusion
// prevention system, the question that matters has been asked by then.
bool may_go_on(const Observed& o) {
  return o.glance().cls_pending == 0 && (o.rules().whole_sample || !o.glance().accepts_everything);
}

Want next_of(const Observed& o, const Question& q, ProbePlan::Range part) {
  if (!may_go_on(o)) return {};
  Want want = o.first_of(part, q, [](std::size_t) { return true; });
  want.can_wait =
      o.glance().sample_asked >= telling_sample && want.not_before <= o.at() && !leads_on(o.glance());
  return want;
}

}  // namespace

Want wants::sample(const Observed& o, const Question& q) {
  const auto sample = o.plan().of(Role::sample);
  return next_of(o, q, {sample.first, std::min(sample.last, sample.first + o.half_of_sample())});
}

// Silence of a host that stopped responding is no evidence, however much there is of it: the rest waits until
// the host was heard after the first half.
Want wants::sample_rest(const Observed& o, const Question& q) {
  if (!o.rest_is_wanted()) return {};
  const auto sample = o.plan().of(Role::sample);
  const std::size_t first = sample.first + o.half_of_sample();
  if (!o.first_half().any_answer && o.log().last_heard() < o.log().tries(first - 1).last) return {};
  return next_of(o, q, {first, sample.last});
}

// Few enough silences among answers to be lost packets: asking them again tells for fewer SYNs than the rest
// would.
Want wants::doubtful_silence(const Observed& o, const Question& q) {
  const FirstHalf& half = o.first_half();
  const auto sample = o.plan().of(Role::sample);
  const std::size_t half_end = sample.first + o.half_of_sample();
  if (half.shows != FirstHalf::Shows::not_yet || !half.any_answer || half_end == sample.last) return {};
  return o.first_of({sample.first, half_end}, q, [&](std::size_t i) { return o.fate(i) == Fate::silent; });
}

}  // namespace edgesurvey
