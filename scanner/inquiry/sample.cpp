// Ports drawn from all over the range.
#include <algorithm>

#include "scanner/inquiry/questions.hpp"

namespace edgesurvey {
namespace {

// So much of the sample is asked before others go first: an opening of a tenth of the range shows here on
// four hosts of five (1 - 0.9^16).
constexpr std::size_t telling_sample = 16;

// A sample that is passed in part leads on to a search for where the openings end, one question after
// another: that begins when the sample is through. One that is refused here and silent there has its silences
// asked again.
bool leads_on(const FateCounts& sample) {
  return sample.by_host() > 0 && (sample.any_silence || sample[Fate::icmp] > 0);
}

// The sample waits until every CLS port has answered or is late: should 64 strange ports trip an intrusion
// prevention system, the question that matters has been asked by then.
bool may_go_on(const Observed& o) {
  const FateCounts& cls = o.count(Role::cls);
  return cls[Fate::unasked] + cls[Fate::awaited] == 0 && (o.rules().whole_sample || !o.accepts_everything());
}

Want next_of(const Observed& o, const Question& q, ProbePlan::Range part) {
  if (!may_go_on(o)) return {};
  Want want = o.first_of(part, q, [](std::size_t) { return true; });
  want.can_wait =
      o.sample_asked() >= telling_sample && want.not_before <= o.at() && !leads_on(o.count(Role::sample));
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

}  // namespace edgesurvey
