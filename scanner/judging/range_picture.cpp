#include "scanner/judging/range_picture.hpp"

#include <algorithm>
#include <cmath>

#include "scanner/judging/path_loss.hpp"
#include "scanner/judging/refusal_origin.hpp"
#include "scanner/sample.hpp"

namespace edgesurvey {
namespace {

// More changes between passed and not passed than this are loss or a rate limit, not the rules of a firewall.
constexpr std::size_t most_changes = 8;
constexpr std::size_t fewest_silences = 5;

// Of the openings that are told to the port so many may be wrong by loss.
constexpr double most_wrong_ends = 0.05;

// With fewer prompt answers for each silence, answers are rather rate-limited than lost.
constexpr std::size_t fewest_answers_a_silence = 4;

// nullopt where nothing is known.
std::optional<Passage> passage_of(const PortEvidence& port, const HostDistance& distance,
                                  std::optional<Time> late_before) {
  if (port.state == PortState::closed) {
    const Refuser refuser = distance.refuser_of(port);
    if (refuser == Refuser::unclear) return std::nullopt;
    return refuser == Refuser::host ? Passage::passed : Passage::stopped;
  }
  if (port.state != PortState::unknown)
    return port.state == PortState::open ? Passage::passed : Passage::stopped;
  if (!late_before || port.reason != Reason::not_run) return std::nullopt;
  return port.asked < *late_before ? Passage::stopped : Passage::awaited;
}

bool is_edge_port(const Evidence& evidence, const RangePort& port) {
  return evidence.ports[port.index].role == Role::boundary;
}

std::size_t holes_in(const Evidence& evidence, const RangePicture& picture) {
  std::size_t holes = 0;
  for (std::size_t i = 0; i < picture.ports.size(); ++i) holes += is_hole(evidence, picture, i) ? 1U : 0U;
  return holes;
}

// Two openings of a few ports at most, which the search narrowed down to: a sample would hardly have hit
// both. Where every port was asked by the sample they are as real as any.
bool has_slivers(const Evidence& evidence, const std::vector<RangePort>& ports) {
  constexpr int most_ports = 8;
  unsigned slivers = 0;
  for (std::size_t i = 1; i + 1 < ports.size(); ++i) {
    const bool refused = ports[i].passed() && evidence.ports[ports[i].index].state == PortState::closed;
    const bool alone = is_silent(evidence, ports[i - 1]) && is_silent(evidence, ports[i + 1]);
    const bool searched = is_edge_port(evidence, ports[i - 1]) || is_edge_port(evidence, ports[i + 1]);
    if (refused && alone && searched && ports[i + 1].port - ports[i - 1].port <= most_ports + 1) ++slivers;
  }
  return slivers > 1;
}

// Whether an edge went from port to port, and again and again the next one answered a further attempt only:
// more often than a burst of loss can swallow what a search asks at once where it has come to its end, and
// for longer than it takes to ask all of that again.
bool an_edge_creeps(const Evidence& evidence, const std::vector<RangePort>& ports) {
  constexpr unsigned most_by_loss = 4;
  constexpr Duration asked_again_within = std::chrono::milliseconds(800);
  unsigned crept = 0;
  Time from = Time::max();
  Time until = Time::min();
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const bool adjoins = i > 0 && ports[i].port - ports[i - 1].port == 1;
    if (!adjoins || !ports[i].passed() || !is_edge_port(evidence, ports[i])) {
      crept = 0;
      from = Time::max();
      until = Time::min();
    }
    const PortEvidence& port = evidence.ports[ports[i].index];
    if (!is_edge_port(evidence, ports[i]) || !port.answered_late()) continue;
    from = std::min(from, port.asked);
    until = std::max(until, port.asked);
    if (++crept > most_by_loss && until - from > asked_again_within) return true;
  }
  return false;
}

// Between two passed neighbours and two stopped ones nothing is left to ask.
bool every_edge_is_known(const RangePicture& picture) {
  const auto& ports = picture.ports;
  if (ports.front().passed() && ports.front().port > media_range_first) return false;
  if (ports.back().passed() && ports.back().port < media_range_last) return false;
  for (std::size_t i = 1; i < ports.size(); ++i)
    if (differ(ports[i - 1], ports[i]) && ports[i].port - ports[i - 1].port > 1) return false;
  return true;
}

// A listener that resets, or a node without one, on a host that is otherwise in stealth mode: CLS ports alone
// that refuse show no opening.
bool only_cls_refused(const Evidence& evidence) {
  return std::none_of(evidence.ports.begin(), evidence.ports.end(), [](const PortEvidence& port) {
    return port.state == PortState::closed && in_media_range(port.port) && !is_cls_port(port.port);
  });
}

// How many ends of openings are to be expected that are lost packets.
double wrong_ends(const Evidence& evidence, const RangePicture& picture) {
  const double loss = seen_loss(evidence);
  double wrong = 0;
  for (std::size_t i = 1; i < picture.ports.size(); ++i) {
    const RangePort& below = picture.ports[i - 1];
    const RangePort& above = picture.ports[i];
    if (!differ(below, above)) continue;
    const RangePort& stopped = below.passed() ? above : below;
    if (is_silent(evidence, stopped)) wrong += std::pow(loss, evidence.ports[stopped.index].attempts);
  }
  return wrong;
}

}  // namespace

RangePicture picture_of(const Evidence& evidence, std::optional<Time> late_before) {
  const HostDistance distance(evidence.syn_ack_rtts);
  RangePicture picture;
  picture.ports.reserve(evidence.ports.size());
  for (std::size_t index = 0; index < evidence.ports.size(); ++index) {
    const auto& port = evidence.ports[index];
    if (!in_media_range(port.port) || port.attempts == 0) continue;
    const auto passage = passage_of(port, distance, late_before);
    if (port.role == Role::boundary && !is_cls_neighbour(port.port)) {
      ++picture.edge_ports;
      picture.failed_at_home = picture.failed_at_home || (port.state == PortState::unknown && !passage);
    }
    if (!passage) continue;
    picture.ports.push_back({port.port, *passage, index});
    if (passage != Passage::passed) continue;
    const bool late = port.answered_late();
    if (!late) ++picture.prompt_answers;
    if (late) ++(port.role == Role::boundary ? picture.late_edges : picture.late_answers);
    picture.refused_by_host = picture.refused_by_host || port.state == PortState::closed;
  }
  std::sort(picture.ports.begin(), picture.ports.end(), [](auto& a, auto& b) { return a.port < b.port; });
  return picture;
}

bool differ(const RangePort& below, const RangePort& above) {
  return below.passage != Passage::awaited && above.passage != Passage::awaited &&
         below.passage != above.passage;
}

std::size_t changes(const RangePicture& picture) {
  std::size_t count = 0;
  const RangePort* below = nullptr;
  for (const RangePort& port : picture.ports) {
    if (port.passage == Passage::awaited) continue;
    count += below != nullptr && differ(*below, port) ? 1U : 0U;
    below = &port;
  }
  return count;
}

bool is_silent(const Evidence& evidence, const RangePort& port) {
  const PortEvidence& known = evidence.ports[port.index];
  return port.passage == Passage::stopped && (!known.answered() || is_routing_error(known.reason));
}

bool is_hole(const Evidence& evidence, const RangePicture& picture, std::size_t i) {
  const auto& ports = picture.ports;
  if (!is_silent(evidence, ports[i])) return false;
  const bool below = i > 0 ? ports[i - 1].passage != Passage::stopped : ports[i].port == media_range_first;
  const bool above =
      i + 1 < ports.size() ? ports[i + 1].passage != Passage::stopped : ports[i].port == media_range_last;
  return below && above;
}

bool shows_openings(const RangePicture& picture) {
  return picture.refused_by_host && !picture.failed_at_home && changes(picture) <= most_changes;
}

// So many silences amid answers, whether or not they answer when they are asked again, are a limit on the
// refusals a second, and the ends of openings would move on with every attempt; so are openings of next to
// nothing.
bool refusals_are_rate_limited(const Evidence& evidence, const RangePicture& picture) {
  const std::size_t silences = picture.late_answers + holes_in(evidence, picture);
  const bool limited =
      silences >= fewest_silences && fewest_answers_a_silence * silences > picture.prompt_answers;
  return limited || has_slivers(evidence, picture.ports) || an_edge_creeps(evidence, picture.ports);
}

bool refusals_are_rate_limited(const Evidence& evidence) {
  return refusals_are_rate_limited(evidence, picture_of(evidence));
}

std::optional<std::vector<PortRange>> spans_of(const Evidence& evidence) {
  const RangePicture picture = picture_of(evidence);
  if (refusals_are_rate_limited(evidence, picture) || !shows_openings(picture) ||
      !every_edge_is_known(picture) || only_cls_refused(evidence) ||
      wrong_ends(evidence, picture) > most_wrong_ends)
    return std::nullopt;
  std::vector<PortRange> spans;
  bool inside = false;
  for (const RangePort& port : picture.ports) {
    if (port.passed() && !inside) spans.push_back({port.port, port.port});
    if (port.passed()) spans.back().last = port.port;
    inside = port.passed();
  }
  return spans;
}

}  // namespace edgesurvey
