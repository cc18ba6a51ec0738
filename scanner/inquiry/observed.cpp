#include "scanner/inquiry/observed.hpp"

#include <algorithm>
#include <utility>

#include "scanner/inquiry/loss_model.hpp"
#include "scanner/judging/facts.hpp"
#include "scanner/judging/refusal_origin.hpp"

namespace edgesurvey {
namespace {

using loss_model::outlasting;
using loss_model::Risk;

// Half of a sample of 64 is a sample of 32: of a range that is passed in one part in ten it misses all with
// 0.9^32 = 3 %.
constexpr std::size_t smallest_half = 32;

// More silences than one in eight are hardly lost packets.
constexpr std::size_t ports_a_loss = 8;

// A silence that so many attempts did not break is hardly a lost packet: of those lost at one in ten, one in
// a thousand.
constexpr unsigned telling_tries = 3;

// A relay that holds half of its range would accept so many in a row on one host in 4,000.
constexpr unsigned telling_acceptances = 12;

bool is_open_service(const PortEvidence& port) {
  return port.role == Role::service && port.state == PortState::open;
}

bool is_host(const PortEvidence& port) {
  return port.state == PortState::open || port.state == PortState::closed;
}

}  // namespace

std::size_t first_part_of_sample(const ProbePlan& plan, const ScanRules& rules) {
  const bool half_may_do = plan.sample_half() >= smallest_half && !rules.whole_sample;
  return half_may_do ? plan.sample_half() : plan.of(Role::sample).size();
}

Observed::Observed(const AttemptLog& log, const ProbePlan& plan, const ScanRules& rules, Time now,
                   bool favour_latency)
    : log_(log),
      plan_(plan),
      rules_(rules),
      now_(now),
      late_before_(now - log.rtt().late_after()),
      half_(first_part_of_sample(plan, rules)),
      favour_latency_(favour_latency),
      glance_(look()),
      in_doubt_(find_doubt()),
      stopped_responding_(has_stopped_responding(log.evidence())),
      first_half_(look_at_first_half()) {}

FateCounts Observed::count_fates(ProbePlan::Range range) const {
  FateCounts counts;
  for (std::size_t i = range.first; i < range.last; ++i) {
    const Tries& tries = log_.tries(i);
    ++counts.of[static_cast<std::size_t>(fate(i))];
    counts.any_late |= tries.late;
    counts.any_silence |= tries.fate == Fate::silent;
  }
  return counts;
}

Glance Observed::look() const {
  const auto planned = plan_.of(Role::sample);
  // Samples are asked in order.
  std::size_t asked = planned.first;
  while (asked < planned.last && fate(asked) != Fate::unasked) ++asked;
  const FateCounts services = count_fates(plan_.of(Role::service));
  const FateCounts cls = count_fates(plan_.of(Role::cls));
  const FateCounts controls = count_fates(plan_.of(Role::control));
  const FateCounts sample = count_fates({planned.first, asked});
  const FateCounts edges = count_fates({planned.last, ports().size()});
  const bool controls_accept =
      controls[Fate::open] + controls[Fate::unasked] == plan_.of(Role::control).size();
  const bool sample_accepts = sample[Fate::silent] + sample[Fate::icmp] + sample[Fate::refused] == 0;
  const unsigned range_refusals = cls[Fate::refused] + sample[Fate::refused] + edges[Fate::refused];
  const unsigned range_opens = sample[Fate::open] + edges[Fate::open];
  return {
      .service_open = services[Fate::open] > 0,
      .host_answered =
          services.by_host() + cls.by_host() + controls.by_host() + sample.by_host() + edges.by_host() > 0,
      .range_refused = range_refusals > 0,
      .control_refused = controls[Fate::refused] > 0,
      .control_heard = controls.by_host() + controls[Fate::icmp] > 0,
      .answered_late =
          services.any_late || cls.any_late || controls.any_late || sample.any_late || edges.any_late,
      .rests_on_controls = range_refusals + range_opens > 0,
      .sample_answered = sample.by_host() > 0,
      .sample_filtered = sample.any_silence || sample[Fate::icmp] > 0,
      .accepts_everything = controls_accept && sample_accepts && sample[Fate::open] >= telling_acceptances,
      .cls_open = cls[Fate::open],
      .cls_pending = cls[Fate::unasked] + cls[Fate::awaited],
      .sample_asked = asked - planned.first,
      .unasked = services[Fate::unasked] + cls[Fate::unasked] + controls[Fate::unasked]};
}

std::optional<std::size_t> Observed::asked(Port port) const {
  const auto found = std::find_if(ports().begin(), ports().end(), [port](const PortEvidence& known) {
    return known.port == port && known.attempts > 0;
  });
  if (found == ports().end()) return std::nullopt;
  return static_cast<std::size_t>(found - ports().begin());
}

Time Observed::next_late_at() const {
  Time next = Time::max();
  const auto& attempts = log_.attempts();
  for (auto attempt = attempts.rbegin(); attempt != attempts.rend() && attempt->sent >= late_before_;
       ++attempt)
    if (attempt->awaited()) next = attempt->sent + log_.rtt().late_after() + Duration{1};
  return next;
}

bool Observed::find_doubt() const {
  if (log_.last_check() <= log_.last_heard()) return false;
  const auto& attempts = log_.attempts();
  for (auto attempt = attempts.rbegin(); attempt != attempts.rend() && attempt->sent > log_.last_heard();
       ++attempt) {
    const bool of_host =
        attempt->answers_for == AnswersFor::rtt || attempt->answers_for == AnswersFor::liveness;
    const bool unanswered = attempt->end == Attempt::End::none || attempt->end == Attempt::End::silent;
    if (of_host && unanswered && attempt->sent < late_before_) return true;
  }
  return false;
}

FirstHalf Observed::look_at_first_half() const {
  using enum FirstHalf::Shows;
  FirstHalf half;
  const auto sample = plan_.of(Role::sample);
  const ProbePlan::Range first{sample.first, std::min(sample.first + half_, sample.last)};
  if (first.first == first.last || glance_.sample_asked < first.size()) return half;
  std::optional<std::pair<Reason, bool>> kind;
  std::size_t silences = 0;
  bool doubtful = false;
  bool differ = false;
  const auto nearest = log_.nearest();
  for (std::size_t i = first.first; i < first.last; ++i) {
    switch (fate(i)) {
      case Fate::unasked:
      case Fate::failed:
      case Fate::awaited:
        half.any_awaited = true;
        break;
      case Fate::silent:
        ++silences;
        doubtful |= log_.tries(i).made < telling_tries || log_.tries(i).in_flight > 0;
        break;
      case Fate::open:
        differ = true;
        half.any_answer = true;
        break;
      case Fate::icmp:
      case Fate::refused: {
        const PortEvidence& port = ports()[i];
        const std::pair answer(port.reason, was_refused_in_front(port, nearest));
        differ |= kind && *kind != answer;
        kind = answer;
        half.any_answer = true;
        break;
      }
    }
  }
  const bool few_silences = ports_a_loss * silences <= half_;
  const bool all_is_in = half.any_answer && !half.any_awaited;
  const bool all_is_told = all_is_in && silences > 0 && !doubtful;
  if (differ || (half.any_answer && !few_silences) || all_is_told)
    half.shows = mixed;
  else if (!half.any_answer)
    half.shows = few_silences ? not_yet : silence;
  else if (all_is_in && silences == 0)
    half.shows = alike;
  return half;
}

// A host in stealth mode leaves all silent but ports of its media relay that are in use, here and there: if
// one port in twenty is, 32 ports miss them all with 0.95^32 = 19 %, 64 with 3.8 %. So where silence decides
// (there is a host, and no agent) half is too few.
bool Observed::rest_is_wanted() const {
  if (half_ == plan_.of(Role::sample).size()) return false;
  if (first_half_.shows == FirstHalf::Shows::mixed) return true;
  return first_half_.shows == FirstHalf::Shows::silence && !glance_.agent_shows() && glance_.host_answered;
}

std::size_t Observed::sample_left() const {
  using enum FirstHalf::Shows;
  if (stopped_responding_ && !rules_.whole_sample) return 0;
  if (first_half_.shows == alike || (first_half_.shows == silence && !rest_is_wanted())) return 0;
  if (glance_.accepts_everything && !rules_.whole_sample) return 0;
  return plan_.of(Role::sample).size() - glance_.sample_asked;
}

std::size_t Observed::unasked() const {
  return sample_left() + (stopped_responding_ ? 0 : glance_.unasked);
}

const RangePicture& Observed::picture() const {
  if (!picture_) picture_ = picture_of(evidence(), late_before_);
  return *picture_;
}

Time Observed::next_try_unanswered(std::size_t index, const Question& question) const {
  const Tries& tries = log_.tries(index);
  if (tries.failed > 0) {
    // What fails here needs longer to mend than a burst to pass.
    if (tries.in_flight > 0 || tries.failed > rules_.retries) return Time::max();
    return tries.last + outlasting(Risk::even) * tries.failed * tries.failed;
  }
  if (tries.made == 0) return now_;
  constexpr unsigned default_retries = 2;
  const bool repeats = question.apart < Duration::max();
  const unsigned more = repeats && rules_.retries > default_retries ? rules_.retries - default_retries : 0;
  if (tries.made >= (repeats ? most_tries(question) : 1) + more) return Time::max();
  return tries.last + std::max(log_.rtt().late_after() + Duration{1}, question.apart);
}

Want Observed::first_of(std::span<const std::size_t> indices, const Question& question) const {
  Want want;
  for (const std::size_t index : indices) {
    const Time at = next_try(index, question);
    if (at < want.not_before) want = {.not_before = at, .port = ports()[index].port};
  }
  return want;
}

std::optional<std::size_t> liveness_port(const Evidence& evidence) {
  std::optional<std::size_t> best;
  const auto rank = [&](std::size_t index) {
    const auto& port = evidence.ports[index];
    const int worth = is_open_service(port) ? 2 : is_host(port) ? 1 : 0;
    return std::pair(-worth, port.asked + port.rtt);
  };
  for (std::size_t i = 0; i < evidence.ports.size(); ++i)
    if (evidence.ports[i].answered() && (!best || rank(i) < rank(*best))) best = i;
  return best;
}

}  // namespace edgesurvey
