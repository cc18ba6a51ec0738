#include "scanner/judging/facts.hpp"

#include <algorithm>
#include <vector>

#include "scanner/judging/refusal_origin.hpp"
#include "scanner/sample.hpp"

namespace edgesurvey {
namespace {

// Published: 5 % of the answers of 5 % of all addresses take longer than 5 s, and 1 % of the addresses are
// slower still (R. Padmanabhan et al., "Timeouts: beware surprisingly high delay", IMC 2015). By default CLS
// ports are waited for longer than this.
constexpr Duration convincing_silence = std::chrono::milliseconds(2900);

// The start of the last try that anything answered: until then the host was with us.
Time last_heard(const Evidence& evidence) {
  Time last = Time::min();
  for (const auto& port : evidence.ports)
    if (port.answered()) last = std::max(last, port.asked);
  return last;
}

Tally& tally_of(Facts& facts, Role role) {
  switch (role) {
    case Role::service:
      return facts.services;
    case Role::cls:
      return facts.cls;
    case Role::control:
      return facts.controls;
    case Role::sample:
      return facts.sample;
    case Role::boundary:
      break;
  }
  return facts.boundary;
}

void count(Tally& tally, const PortEvidence& port, bool heard, const HostDistance& distance) {
  switch (port.state) {
    case PortState::open:
      ++tally.open;
      return;
    case PortState::closed:
      switch (distance.refuser_of(port)) {
        case Refuser::host:
          ++tally.refused;
          return;
        case Refuser::in_front:
          ++tally.refused_in_front;
          return;
        case Refuser::unclear:
          ++tally.refused_unclear;
          return;
      }
      return;
    case PortState::unknown:
      ++tally.unknown;
      return;
    case PortState::filtered:
      break;
  }
  switch (port.reason) {
    case Reason::admin_prohibited:
    case Reason::port_unreach:
      ++tally.prohibited;
      return;
    case Reason::host_unreach:
    case Reason::net_unreach:
      ++tally.unreachable;
      return;
    default:
      ++(heard ? tally.silent : tally.unheard);
  }
}

void count_confirmations(Facts& facts, const Evidence& evidence) {
  const auto open_now = [&](const PortEvidence& port) {
    return std::find_if(evidence.confirm.begin(), evidence.confirm.end(),
                        [&](const Recheck& recheck) { return recheck.port == port.port; });
  };
  unsigned gone = 0;
  for (const auto& port : evidence.ports) {
    if (port.role != Role::cls || port.state != PortState::open) continue;
    const auto recheck = open_now(port);
    const bool judged = recheck != evidence.confirm.end() && recheck->state != PortState::unknown;
    if (judged && recheck->state == PortState::open)
      ++facts.cls_still_open;
    else if (!judged || facts.stopped_responding)
      ++facts.cls_not_asked;
    else
      ++gone;
  }
  // Relay ports are let go one by one. What takes several at once, whether it drops or resets, blocks us, and
  // need not block the port of the liveness check. Two may be a relay's, where others show.
  const bool all_were_open = facts.cls.open == facts.cls.all();
  facts.cls_cut_off = gone > 1 && (all_were_open || (facts.sample.open == 0 && facts.cls_still_open == 0));
  if (facts.cls_cut_off) facts.cls_not_asked += gone;
}

// Who sent the RSTs from inside the range that no single RTT gives away. One of zero was not measured (Karn's
// rule), which is not "at once".
RefusalOrigin origin_of_range_refusals(const Evidence& evidence, const HostDistance& distance) {
  bool refused = false;
  std::vector<Duration> rtts;
  for (const auto& port : evidence.ports) {
    if (!in_media_range(port.port) || port.state != PortState::closed ||
        distance.refuser_of(port) != Refuser::host)
      continue;
    refused = true;
    const auto rtt = distance.at_shortest({port.rtt, port.asked});
    if (port.rtt > Duration::zero() && rtt) rtts.push_back(*rtt);
  }
  if (refused && rtts.empty()) return RefusalOrigin::cannot_tell;
  return origin_of_refusals(rtts, distance.syn_acks());
}

}  // namespace

Tally& Tally::operator+=(const Tally& other) {
  open += other.open;
  refused += other.refused;
  refused_in_front += other.refused_in_front;
  refused_unclear += other.refused_unclear;
  prohibited += other.prohibited;
  unreachable += other.unreachable;
  silent += other.silent;
  unheard += other.unheard;
  unknown += other.unknown;
  return *this;
}

Tally Facts::range() const {
  Tally range = cls;
  range += sample;
  return range;
}

bool Facts::host_answered() const {
  return services.by_host() + cls.by_host() + controls.by_host() + sample.by_host() > 0;
}

bool has_stopped_responding(const Evidence& evidence) {
  if (!evidence.liveness || evidence.liveness->state == PortState::unknown) return false;
  const Recheck& now = *evidence.liveness;
  return std::none_of(evidence.ports.begin(), evidence.ports.end(), [&](const PortEvidence& port) {
    return port.port == now.port &&
           (port.state == now.state || (now.state == PortState::closed && port.role != Role::service));
  });
}

Facts facts_of(const Evidence& evidence) {
  Facts facts;
  facts.stopped_responding = has_stopped_responding(evidence);
  facts.stopped_by_refusal = facts.stopped_responding && evidence.liveness->state == PortState::closed;
  facts.liveness_checked = evidence.liveness && evidence.liveness->state != PortState::unknown;
  const Time heard_until = facts.stopped_responding ? last_heard(evidence) : Time::max();
  const auto note_failure = [&](PortState state, Reason reason) {
    if (state != PortState::unknown) return;
    (reason == Reason::not_run ? facts.interrupted : facts.local_error) = true;
  };
  const HostDistance distance(evidence.syn_ack_rtts);
  for (const auto& port : evidence.ports) {
    count(tally_of(facts, port.role), port, port.asked <= heard_until, distance);
    if (is_cls_neighbour(port.port)) count(facts.cls_neighbours, port, port.asked <= heard_until, distance);
    if (port.role != Role::boundary) note_failure(port.state, port.reason);
    if (port.role == Role::cls && port.is_silent() && port.waited < convincing_silence) ++facts.cls_hurried;
  }
  for (const auto& recheck : evidence.confirm) note_failure(recheck.state, recheck.reason);
  if (evidence.liveness) note_failure(evidence.liveness->state, evidence.liveness->reason);
  count_confirmations(facts, evidence);
  if (evidence.cut_short || facts.cls.all() == 0 || facts.controls.all() == 0 || facts.sample.all() == 0)
    facts.interrupted = true;
  facts.refusals = origin_of_range_refusals(evidence, distance);
  return facts;
}

}  // namespace edgesurvey
