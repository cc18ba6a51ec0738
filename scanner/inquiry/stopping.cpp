#include "scanner/inquiry/stopping.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <span>

#include "scanner/judging/attribution.hpp"
#include "scanner/judging/comparison.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t enough_of_everything = 12;
constexpr std::size_t fewest_of_one_kind = 32;

// More silences than one in eight are hardly lost packets.
constexpr std::size_t ports_a_loss = 8;

// An answer that is not in while that to a question so much later is, is late.
constexpr Duration overtaken_by = std::chrono::milliseconds(100);

// A silence that so many tries did not break is hardly a lost packet, or a spell of them.
constexpr unsigned telling_tries = 3;

// So many CLS ports open beside a silent half of the sample are the agent. Of relays those that have 5.7 % of
// their ports in use look like that most often: 0.14 % of them have two or three of these in use, and none of
// 32 others; 0.02 % none of 64.
constexpr std::ptrdiff_t telling_cls_ports = 2;

using Ports = std::span<const PortEvidence>;

bool accepted(const PortEvidence& port) {
  return port.state == PortState::open;
}

// Or is yet to be asked again: it failed at home, or was given back.
bool is_awaited(const PortEvidence& port) {
  return port.state == PortState::unknown;
}

// Of two that have answered.
bool answered_alike(const PortEvidence& one, const PortEvidence& other, std::optional<Duration> nearest) {
  return one.state == other.state && one.reason == other.reason &&
         was_turned_away(one, nearest) == was_turned_away(other, nearest);
}

// When the last of those was asked that answered their first try; Time::min() if none did.
Time last_prompt(Ports sample) {
  Time last = Time::min();
  for (const auto& port : sample)
    if (port.answered_at == 1) last = std::max(last, port.asked);
  return last;
}

bool is_overtaken(const PortEvidence& port, Time by) {
  return port.attempts > 0 && port.asked + overtaken_by < by;
}

}  // namespace

bool half_may_do(std::size_t half) {
  return half >= fewest_of_one_kind;
}

bool accepts_everything(const Evidence& evidence, std::size_t asked) {
  const Ports ports(evidence.ports.data(), asked);
  std::size_t sampled = 0;
  for (const auto& port : ports) {
    if (port.role == Role::control && !accepted(port)) return false;
    if (port.role != Role::sample || port.state == PortState::unknown) continue;
    if (!accepted(port)) return false;
    ++sampled;
  }
  return sampled >= enough_of_everything;
}

HalfWay half_way(const Evidence& evidence, std::size_t first, std::size_t half) {
  using enum HalfWay::Kind;
  const Ports sample(evidence.ports.data() + first, half);
  const auto nearest = nearest_from_host(evidence.syn_ack_rtts);
  const Time prompt = last_prompt(sample);
  const PortEvidence* answer = nullptr;
  std::size_t silent_ones = 0;
  std::size_t late_ones = 0;
  HalfWay shown;
  for (std::size_t i = 0; i < half; ++i) {
    const PortEvidence& port = sample[i];
    if (is_awaited(port)) {
      shown.any_awaited = true;
      if (!is_overtaken(port, prompt)) continue;
      ++late_ones;
      if (port.attempts == 1) shown.doubtful.push_back(first + i);
    } else if (port.is_silent()) {
      ++silent_ones;
      if (port.attempts > port.given_up)
        shown.any_awaited = true;
      else if (port.attempts < telling_tries)
        shown.doubtful.push_back(first + i);
    } else if (accepted(port) || (answer && !answered_alike(*answer, port, nearest))) {
      return {.kind = mixed, .any_answer = true, .any_awaited = false, .doubtful = {}};
    } else if (!answer) {
      answer = &port;
    }
  }
  shown.any_answer = answer != nullptr;
  const bool few_silences = ports_a_loss * (silent_ones + late_ones) <= half;
  if (!shown.any_answer)
    shown.kind = few_silences ? awaited : silent;
  else if (!few_silences)
    shown.kind = mixed;
  else if (!shown.any_awaited && shown.doubtful.empty())
    shown.kind = silent_ones > 0 ? mixed : alike;
  if (shown.kind != awaited || !shown.any_answer) shown.doubtful.clear();
  return shown;
}

bool silence_decides(const Evidence& evidence) {
  const bool host_answered =
      std::any_of(evidence.ports.begin(), evidence.ports.end(),
                  [](const PortEvidence& port) { return accepted(port) || port.state == PortState::closed; });
  return host_answered && !agent_shows(evidence);
}

bool agent_shows(const Evidence& evidence) {
  return std::count_if(evidence.ports.begin(), evidence.ports.end(), [](const PortEvidence& port) {
           return port.role == Role::cls && accepted(port);
         }) >= telling_cls_ports;
}

}  // namespace edgesurvey
