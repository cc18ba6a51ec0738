#include "scanner/inquiry/observed.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "scanner/inquiry/loss_model.hpp"
#include "scanner/judging/facts.hpp"

namespace edgesurvey {
namespace {

// Half of a sample of 64 is a sample of 32: of a range that is passed in one part in ten it misses all with
// 0.9^32 = 3 %.
constexpr std::size_t smallest_half = 32;

// A relay that holds half of its range would accept so many in a row on one host in 4,000.
constexpr unsigned telling_acceptances = 12;

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
      counts_(count_fates()),
      in_doubt_(find_doubt()),
      stopped_responding_(has_stopped_responding(log.evidence())),
      first_half_(look_at_first_half()) {}

// Ports of edges follow those of the plan.
std::array<FateCounts, 5> Observed::count_fates() const {
  std::array<FateCounts, 5> counts;
  for (std::size_t role = 0; role < counts.size(); ++role) {
    const bool planned = role < static_cast<std::size_t>(Role::boundary);
    const auto indices =
        planned ? plan_.of(static_cast<Role>(role)) : ProbePlan::Range{plan_.size(), ports().size()};
    for (const std::size_t i : indices) {
      const Fate found = fate(i);
      if (found == Fate::unasked && static_cast<Role>(role) == Role::sample) break;
      ++counts[role].of[static_cast<std::size_t>(found)];
      counts[role].any_late |= log_.tries(i).late;
      counts[role].any_silence |= log_.tries(i).fate == Fate::silent;
    }
  }
  return counts;
}

std::optional<std::size_t> Observed::asked(Port port) const {
  const auto found = std::find_if(ports().begin(), ports().end(), [port](const PortEvidence& known) {
    return known.port == port && known.attempts > 0;
  });
  if (found == ports().end()) return std::nullopt;
  return static_cast<std::size_t>(found - ports().begin());
}

bool Observed::host_answered() const {
  return std::any_of(counts_.begin(), counts_.end(), [](auto& count) { return count.by_host() > 0; });
}

bool Observed::range_refused() const {
  return count(Role::cls)[Fate::refused] + count(Role::sample)[Fate::refused] +
             count(Role::boundary)[Fate::refused] >
         0;
}

bool Observed::rests_on_controls() const {
  return range_refused() || count(Role::sample)[Fate::open] + count(Role::boundary)[Fate::open] > 0;
}

bool Observed::accepts_everything() const {
  const FateCounts& controls = count(Role::control);
  const FateCounts& sample = count(Role::sample);
  return sample[Fate::open] >= telling_acceptances &&
         sample[Fate::silent] + sample[Fate::icmp] + sample[Fate::refused] == 0 &&
         controls[Fate::open] + controls[Fate::unasked] == plan_.of(Role::control).size();
}

unsigned Observed::tries_at_doubt() const {
  return std::any_of(counts_.begin(), counts_.end(), [](auto& count) { return count.any_late; }) ? 3 : 2;
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
  const auto& attempts = log_.attempts();
  for (auto attempt = attempts.rbegin(); attempt != attempts.rend() && attempt->sent > log_.last_heard();
       ++attempt) {
    const bool of_host =
        attempt->answers_for == AnswersFor::rtt || attempt->answers_for == AnswersFor::liveness;
    const bool unanswered = attempt->awaited() || attempt->end == Attempt::End::silent;
    if (of_host && unanswered && attempt->sent < late_before_) return true;
  }
  return false;
}

FirstHalf Observed::look_at_first_half() const {
  using enum FirstHalf::Shows;
  FirstHalf half;
  const std::size_t first = plan_.of(Role::sample).first;
  const std::size_t last = std::min(first + half_, plan_.size());
  if (first == last || sample_asked() < last - first) return half;
  std::optional<std::pair<Reason, Refuser>> kind;
  std::size_t silences = 0;
  bool all_is_in = true;
  bool differ = false;
  for (std::size_t i = first; i < last; ++i) {
    const Fate found = fate(i);
    if (found == Fate::silent) {
      ++silences;
      // A second silence of a port that is asked again is hardly a lost packet.
      differ |= log_.tries(i).made >= tries_at_doubt() && log_.tries(i).in_flight == 0;
    } else if (found < Fate::silent || found == Fate::failed) {
      all_is_in = false;
    } else {
      const bool refused = found == Fate::refused;
      const std::pair answer(ports()[i].reason,
                             refused ? log_.distance().refuser_of(ports()[i]) : Refuser::host);
      if (answer.second == Refuser::unclear) continue;
      differ |= found == Fate::open || (kind && *kind != answer);
      kind = answer;
    }
  }
  half.any_answer = kind.has_value();
  const bool few_silences = ports_a_loss * silences <= half_;
  if (!half.any_answer)
    half.shows = few_silences ? not_yet : silence;
  else if (differ || !few_silences)
    half.shows = mixed;
  else if (all_is_in)
    half.shows = alike;
  return half;
}

std::size_t Observed::sample_asked() const {
  const auto& asked = count(Role::sample).of;
  return std::accumulate(asked.begin(), asked.end(), std::size_t{0});
}

// A host in stealth mode leaves all silent but ports of its media relay that are in use, here and there: if
// one port in twenty is, 32 ports miss them all with 0.95^32 = 19 %, 64 with 3.8 %. So where silence decides
// (there is a host, and no agent) half is too few.
bool Observed::rest_is_wanted() const {
  if (half_ == plan_.of(Role::sample).size()) return false;
  return first_half_.shows == FirstHalf::Shows::mixed ||
         (first_half_.shows == FirstHalf::Shows::silence && !agent_shows() && host_answered());
}

std::size_t Observed::sample_left() const {
  using enum FirstHalf::Shows;
  if (stopped_responding_ && !rules_.whole_sample) return 0;
  if (first_half_.shows == alike || (first_half_.shows == silence && !rest_is_wanted())) return 0;
  if (accepts_everything() && !rules_.whole_sample) return 0;
  return plan_.of(Role::sample).size() - sample_asked();
}

std::size_t Observed::unasked() const {
  if (stopped_responding_) return sample_left();
  return sample_left() + count(Role::service)[Fate::unasked] + count(Role::cls)[Fate::unasked] +
         count(Role::control)[Fate::unasked];
}

const RangePicture& Observed::picture() const {
  if (!picture_) picture_ = picture_of(evidence(), late_before_);
  return *picture_;
}

Time Observed::next_try(std::size_t index, const Question& question) const {
  const Tries& tries = log_.tries(index);
  const bool answered = tries.fate >= Fate::icmp && !is_routing_error(ports()[index].reason);
  if (answered) return Time::max();
  if (tries.failed > 0) {
    // What fails here needs longer to mend than a burst to pass.
    if (tries.in_flight > 0 || tries.failed > rules_.retries) return Time::max();
    return tries.last + loss_model::outlasting(loss_model::Risk::even) * tries.failed * tries.failed;
  }
  if (tries.made == 0) return now_;
  constexpr unsigned default_retries = 2;
  const bool repeats = question.apart < Duration::max();
  const unsigned more = repeats && rules_.retries > default_retries ? rules_.retries - default_retries : 0;
  if (tries.made >= (repeats ? most_tries(question) : 1) + more) return Time::max();
  return tries.last + std::max(log_.rtt().late_after() + Duration{1}, question.apart);
}

std::optional<std::size_t> liveness_port(const Evidence& evidence) {
  std::optional<std::size_t> best;
  const auto rank = [&](std::size_t index) {
    const auto& port = evidence.ports[index];
    const bool by_host = port.state != PortState::filtered;
    const bool open_service = port.role == Role::service && port.state == PortState::open;
    return std::pair(-int{by_host} - int{open_service}, port.asked + port.rtt);
  };
  for (std::size_t i = 0; i < evidence.ports.size(); ++i)
    if (evidence.ports[i].answered() && (!best || rank(i) < rank(*best))) best = i;
  return best;
}

}  // namespace edgesurvey
