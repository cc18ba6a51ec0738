#include "scanner/inquiry/second_look.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "scanner/judging/attribution.hpp"
#include "scanner/plan.hpp"
#include "scanner/sample.hpp"
#include "scanner/judging/spans.hpp"

namespace edgesurvey {
namespace {

// No spell of loss is likely to be longer.
constexpr Duration longest_spell = std::chrono::seconds(8);

constexpr std::uint32_t repeats_where_controls_are_silent = 4;

bool is_open_service(const PortEvidence& port) {
  return port.role == Role::service && port.state == PortState::open;
}

bool media_range_answered(const Evidence& evidence) {
  return std::any_of(evidence.ports.begin(), evidence.ports.end(), [](const PortEvidence& port) {
    return in_media_range(port.port) && (port.state == PortState::open || port.state == PortState::closed);
  });
}

// An ICMP error shows that the path lives, not that the host does.
int bracket_worth(const PortEvidence& port) {
  if (is_open_service(port)) return 2;
  return port.state == PortState::open || port.state == PortState::closed ? 1 : 0;
}

// The sample in ascending port order, as indices into evidence.ports.
std::vector<std::size_t> sample_by_port(const Evidence& evidence) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < evidence.ports.size(); ++i)
    if (evidence.ports[i].role == Role::sample) indices.push_back(i);
  std::sort(indices.begin(), indices.end(),
            [&](std::size_t a, std::size_t b) { return evidence.ports[a].port < evidence.ports[b].port; });
  return indices;
}

void append_silent_neighbours(const Evidence& evidence, std::vector<std::size_t>& chosen) {
  const auto sample = sample_by_port(evidence);
  const auto refused = [&](std::size_t position) {
    return position < sample.size() && evidence.ports[sample[position]].state == PortState::closed;
  };
  for (std::size_t i = 0; i < sample.size(); ++i)
    if (evidence.ports[sample[i]].is_silent() && (refused(i + 1) || (i > 0 && refused(i - 1))))
      chosen.push_back(sample[i]);
}

std::vector<std::size_t> unanswered_sample(const Evidence& evidence) {
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < evidence.ports.size(); ++i) {
    const auto& port = evidence.ports[i];
    const bool awaited = port.reason == Reason::not_run && port.attempts > 0;
    if (port.role == Role::sample && (port.is_silent() || awaited)) chosen.push_back(i);
  }
  return chosen;
}

}  // namespace

bool rests_on_controls(const PortEvidence& port) {
  return in_media_range(port.port) &&
         (port.state == PortState::closed || (port.state == PortState::open && port.role != Role::cls));
}

bool rests_on_controls(const Evidence& evidence) {
  return std::any_of(evidence.ports.begin(), evidence.ports.end(),
                     [](const PortEvidence& port) { return rests_on_controls(port); });
}

std::vector<std::size_t> ports_worth_a_second_look(const Evidence& evidence) {
  if (!rests_on_controls(evidence)) return {};
  auto chosen = controls_to_ask_again(evidence);
  if (!refusals_are_rationed(evidence)) append_silent_neighbours(evidence, chosen);
  return chosen;
}

std::vector<std::size_t> controls_to_ask_again(const Evidence& evidence) {
  constexpr std::size_t enough = 2;
  bool any_heard = false;
  std::size_t asked_again = 0;
  std::vector<std::size_t> asked_once;
  for (std::size_t i = 0; i < evidence.ports.size(); ++i) {
    const auto& port = evidence.ports[i];
    if (port.role != Role::control) continue;
    any_heard = any_heard || port.answered();
    if (port.attempts > 1)
      ++asked_again;
    else if (port.is_silent())
      asked_once.push_back(i);
  }
  const std::size_t due = enough - std::min(enough, asked_again);
  if (!any_heard && asked_once.size() > due) asked_once.resize(due);
  return asked_once;
}

std::vector<std::size_t> refusals_worth_a_third_look(const Evidence& evidence) {
  constexpr std::size_t most = 24;
  const auto nearest = nearest_from_host(evidence.syn_ack_rtts);
  std::vector<std::size_t> late;
  std::size_t early = 0;
  for (std::size_t i = 0; i < evidence.ports.size(); ++i) {
    const auto& port = evidence.ports[i];
    if (port.role == Role::service || port.state != PortState::closed) continue;
    if (was_turned_away(port, nearest))
      ++early;
    else
      late.push_back(i);
  }
  if (late.size() > std::min(most, early / 2)) late.clear();
  return late;
}

bool refusals_need_comparing(const Evidence& evidence) {
  const auto refused_in_range = [](const PortEvidence& port) {
    return in_media_range(port.port) && port.state == PortState::closed;
  };
  return std::any_of(evidence.ports.begin(), evidence.ports.end(), refused_in_range) &&
         std::any_of(evidence.ports.begin(), evidence.ports.end(), is_open_service);
}

std::uint32_t repeats_wanted(const Evidence& evidence) {
  if (!refusals_need_comparing(evidence)) return 0;
  return controls_refuse_too(evidence) ? most_repeats : repeats_where_controls_are_silent;
}

bool answered_late(const Evidence& evidence) {
  return std::any_of(evidence.ports.begin(), evidence.ports.end(),
                     [](const PortEvidence& port) { return port.answered_late(); });
}

bool controls_refuse_too(const Evidence& evidence) {
  return std::any_of(evidence.ports.begin(), evidence.ports.end(), [](const PortEvidence& port) {
    return port.role == Role::control && port.state == PortState::closed;
  });
}

std::vector<std::size_t> silent_ports(const Evidence& evidence, Role role) {
  std::vector<std::size_t> silent;
  for (std::size_t i = 0; i < evidence.ports.size(); ++i)
    if (evidence.ports[i].role == role && evidence.ports[i].is_silent()) silent.push_back(i);
  return silent;
}

std::vector<Port> unconfirmed_cls_ports(const Evidence& evidence) {
  std::vector<Port> ports;
  for (const auto& port : evidence.ports) {
    const bool asked_again = std::any_of(evidence.confirm.begin(), evidence.confirm.end(),
                                         [&](const Recheck& recheck) { return recheck.port == port.port; });
    if (port.role == Role::cls && port.state == PortState::open && !asked_again) ports.push_back(port.port);
  }
  return ports;
}

bool packets_were_lost(const Evidence& evidence) {
  return evidence.bracket && evidence.bracket->answered() && was_out_of_reach(evidence);
}

bool was_out_of_reach(const Evidence& evidence) {
  const auto late_service = [](const PortEvidence& port) {
    return port.role == Role::service && port.answered_late();
  };
  const bool repeats_lost = 2 * evidence.repeats_silent > evidence.repeats;
  return (evidence.bracket && evidence.bracket->answered_late()) || evidence.forgotten_late || repeats_lost ||
         std::any_of(evidence.ports.begin(), evidence.ports.end(), late_service) ||
         std::any_of(evidence.confirm.begin(), evidence.confirm.end(), [](const Recheck& recheck) {
           return recheck.reason == Reason::no_response || recheck.answered_late();
         });
}

std::vector<std::size_t> silences_worth_a_last_look(const Evidence& evidence) {
  constexpr std::size_t some_of_sample = 16;
  const bool heard_at_first = std::any_of(
      evidence.ports.begin(), evidence.ports.end(),
      [](const PortEvidence& port) { return port.role == Role::sample && port.answered_at == 1; });
  std::vector<std::size_t> controls;
  if (rests_on_controls(evidence)) controls = controls_to_ask_again(evidence);
  if (heard_at_first) return controls;
  auto chosen = silent_ports(evidence, Role::cls);
  auto sample = unanswered_sample(evidence);
  const bool outlasted =
      !sample.empty() &&
      evidence.ports[sample.back()].asked - evidence.ports[sample.front()].asked > longest_spell;
  const bool all_cls_silent = chosen.size() == cls_ports.size();
  chosen.insert(chosen.end(), controls.begin(), controls.end());
  if (!all_cls_silent || outlasted) return chosen;
  if (!media_range_answered(evidence)) sample.resize(std::min(sample.size(), some_of_sample));
  chosen.insert(chosen.end(), sample.begin(), sample.end());
  return chosen;
}

std::optional<std::size_t> bracket_port(const Evidence& evidence) {
  std::optional<std::size_t> best;
  const auto rank = [&](std::size_t index) {
    const auto& port = evidence.ports[index];
    return std::pair(-bracket_worth(port), port.asked + port.rtt);
  };
  for (std::size_t i = 0; i < evidence.ports.size(); ++i)
    if (evidence.ports[i].answered() && (!best || rank(i) < rank(*best))) best = i;
  return best;
}

bool is_best_bracketed(const Evidence& evidence) {
  const auto best = bracket_port(evidence);
  if (!best || !evidence.bracket) return !best && !evidence.bracket;
  return evidence.ports[*best].port == evidence.bracket->port;
}

}  // namespace edgesurvey
