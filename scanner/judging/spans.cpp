#include "scanner/judging/spans.hpp"

#include <algorithm>
#include <utility>

#include "scanner/judging/attribution.hpp"
#include "scanner/sample.hpp"

namespace edgesurvey {
namespace {

// More changes between passed and not passed than this are loss or a rate limit, not the rules of a firewall.
constexpr std::size_t most_changes = 8;
constexpr std::size_t most_boundary_ports = 160;
constexpr std::size_t fewest_silences = 5;
// With fewer prompt answers for each silence, answers are rationed rather than lost.
constexpr std::size_t fewest_answers = 4;
constexpr std::size_t fewest_answers_when_slow = 5;

enum class Fate : std::uint8_t { passed, stopped, awaited };

struct Asked {
  Port port;
  Fate fate;
  std::size_t index;  // in evidence.ports

  bool passed() const { return fate == Fate::passed; }
};

struct Picture {
  std::vector<Asked> asked;  // ascending
  bool refused_by_host = false;
  std::size_t boundary_ports = 0;
  std::size_t prompt_answers = 0;  // of the passed, to their first try
  std::size_t late_answers = 0;  // to a further one; not those of a search, which a spell of loss may fall on
  std::size_t late_boundaries = 0;  // those of the search
  bool failed_at_home = false;      // a boundary port could not be asked: that boundary stays unknown
};

bool was_passed(const PortEvidence& port, std::optional<Duration> nearest) {
  return port.state == PortState::open ||
         (port.state == PortState::closed && !was_turned_away(port, nearest));
}

// What became of the packets to the port; nullopt where nothing is known. late_before: a port asked before
// then counts as stopped though its answer may still come; nullopt: nothing is awaited any more.
std::optional<Fate> fate_of(const PortEvidence& port, std::optional<Duration> nearest,
                            std::optional<Time> late_before) {
  if (port.state != PortState::unknown) return was_passed(port, nearest) ? Fate::passed : Fate::stopped;
  if (!late_before || port.reason != Reason::not_run) return std::nullopt;
  return port.attempts > 0 && port.asked < *late_before ? Fate::stopped : Fate::awaited;
}

Picture picture_of(const Evidence& evidence, std::optional<Time> late_before = std::nullopt) {
  const auto nearest = nearest_from_host(evidence.syn_ack_rtts);
  Picture picture;
  for (std::size_t index = 0; index < evidence.ports.size(); ++index) {
    const auto& port = evidence.ports[index];
    if (!in_media_range(port.port)) continue;
    const auto fate = fate_of(port, nearest, late_before);
    if (port.role == Role::boundary) {
      ++picture.boundary_ports;
      picture.failed_at_home = picture.failed_at_home || !fate;
    }
    if (!fate) continue;
    picture.asked.push_back({port.port, *fate, index});
    if (fate != Fate::passed) continue;
    const bool late = port.answered_late();
    if (!late) ++picture.prompt_answers;
    if (late) ++(port.role == Role::boundary ? picture.late_boundaries : picture.late_answers);
    picture.refused_by_host = picture.refused_by_host || port.state == PortState::closed;
  }
  std::sort(picture.asked.begin(), picture.asked.end(), [](auto& a, auto& b) { return a.port < b.port; });
  return picture;
}

// Whether an opening ends between the two.
bool differ(const Asked& below, const Asked& above) {
  return below.fate != Fate::awaited && above.fate != Fate::awaited && below.fate != above.fate;
}

std::size_t changes(std::vector<Asked> asked) {
  std::erase_if(asked, [](const Asked& port) { return port.fate == Fate::awaited; });
  std::size_t count = 0;
  for (std::size_t i = 1; i < asked.size(); ++i) count += differ(asked[i - 1], asked[i]) ? 1U : 0U;
  return count;
}

void append_between(Port below, Port above, unsigned between, std::vector<Port>& ports) {
  const unsigned gap = above - below;
  const unsigned parts = std::min(gap, between + 1);
  for (unsigned part = 1; part < parts; ++part)
    ports.push_back(static_cast<Port>(below + gap * part / parts));
}

// What would make the picture exact, were there no bounds.
std::vector<Port> unknown_boundaries(const std::vector<Asked>& asked, unsigned between) {
  std::vector<Port> ports;
  if (asked.front().passed() && asked.front().port > media_range_first) ports.push_back(media_range_first);
  if (asked.back().passed() && asked.back().port < media_range_last) ports.push_back(media_range_last);
  for (std::size_t i = 1; i < asked.size(); ++i)
    if (differ(asked[i - 1], asked[i])) append_between(asked[i - 1].port, asked[i].port, between, ports);
  return ports;
}

bool is_silent(const Evidence& evidence, const Asked& port) {
  return port.fate == Fate::stopped && !evidence.ports[port.index].answered();
}

// Of two neighbours between which an opening ends the one outside it, if it was silence that stopped it.
void append_silent_end(const Evidence& evidence, const Asked& below, const Asked& above,
                       std::vector<std::size_t>& silent) {
  if (!differ(below, above)) return;
  const Asked& outside = below.passed() ? above : below;
  if (is_silent(evidence, outside)) silent.push_back(outside.index);
}

// Silent between two that were passed, or may be; at an end of the range one neighbour is enough.
bool is_hole(const Evidence& evidence, const std::vector<Asked>& asked, std::size_t i) {
  if (!is_silent(evidence, asked[i])) return false;
  const bool below = i > 0 ? asked[i - 1].fate != Fate::stopped : asked[i].port == media_range_first;
  const bool above =
      i + 1 < asked.size() ? asked[i + 1].fate != Fate::stopped : asked[i].port == media_range_last;
  return below && above;
}

bool is_beside_awaited(const std::vector<Asked>& asked, std::size_t i) {
  const auto awaited = [&](std::size_t k) { return k < asked.size() && asked[k].fate == Fate::awaited; };
  return awaited(i + 1) || (i > 0 && awaited(i - 1));
}

// A silence in the midst of an opening is rather a lost packet than two more boundaries: it is asked again
// before anything is searched beside it, or one loss would lead to two dozen questions and further losses.
Picture without_young_holes(const Evidence& evidence, Picture picture) {
  std::vector<Asked> kept;
  kept.reserve(picture.asked.size());
  for (std::size_t i = 0; i < picture.asked.size(); ++i) {
    const PortEvidence& port = evidence.ports[picture.asked[i].index];
    const bool asked_again = port.given_up > 1 && port.given_up == port.attempts;
    if (asked_again || !is_hole(evidence, picture.asked, i)) kept.push_back(picture.asked[i]);
  }
  picture.asked = std::move(kept);
  return picture;
}

std::size_t holes_in(const Evidence& evidence, const Picture& picture) {
  std::size_t holes = 0;
  for (std::size_t i = 0; i < picture.asked.size(); ++i)
    holes += is_hole(evidence, picture.asked, i) ? 1U : 0U;
  return holes;
}

bool is_boundary(const Evidence& evidence, const Asked& port) {
  return evidence.ports[port.index].role == Role::boundary;
}

// Two openings of a few ports at most, which the search narrowed down to: a sample would hardly have hit
// both. Where every port was asked by the sample they are as real as any.
bool has_slivers(const Evidence& evidence, const std::vector<Asked>& asked) {
  constexpr int most_ports = 8;
  unsigned slivers = 0;
  for (std::size_t i = 1; i + 1 < asked.size(); ++i) {
    const bool refused = asked[i].passed() && evidence.ports[asked[i].index].state == PortState::closed;
    const bool alone = is_silent(evidence, asked[i - 1]) && is_silent(evidence, asked[i + 1]);
    const bool searched = is_boundary(evidence, asked[i - 1]) || is_boundary(evidence, asked[i + 1]);
    if (refused && alone && searched && asked[i + 1].port - asked[i - 1].port <= most_ports + 1) ++slivers;
  }
  return slivers > 1;
}

// Whether an end went from port to port, and again and again the next one answered a further try only: more
// often than a spell of loss can swallow what a search asks at once where it has come to its end, and for
// longer than it takes to ask all of that again.
bool an_end_creeps(const Evidence& evidence, const std::vector<Asked>& asked) {
  constexpr unsigned most_by_loss = 4;
  constexpr Duration asked_again_within = std::chrono::milliseconds(800);
  unsigned crept = 0;
  Time from = Time::max();
  Time until = Time::min();
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const bool adjoins = i > 0 && asked[i].port - asked[i - 1].port == 1;
    if (!adjoins || !asked[i].passed() || !is_boundary(evidence, asked[i])) {
      crept = 0;
      from = Time::max();
      until = Time::min();
    }
    const PortEvidence& port = evidence.ports[asked[i].index];
    if (!is_boundary(evidence, asked[i]) || !port.answered_late()) continue;
    from = std::min(from, port.asked);
    until = std::max(until, port.asked);
    if (++crept > most_by_loss && until - from > asked_again_within) return true;
  }
  return false;
}

// So many silences amid answers, whether or not they answer when they are asked again, are a limit on the
// refusals a second, and the ends of openings would move on with every try; so are openings of next to
// nothing.
bool refusals_are_rationed(const Evidence& evidence, const Picture& picture,
                           std::size_t answers_a_silence = fewest_answers) {
  const std::size_t silences = picture.late_answers + holes_in(evidence, picture);
  const bool rationed = silences >= fewest_silences && answers_a_silence * silences > picture.prompt_answers;
  return rationed || has_slivers(evidence, picture.asked) || an_end_creeps(evidence, picture.asked);
}

// Whether a search would take more ports with these than it needs, and its answers come as late as a limit on
// refusals makes them: then every try moves the ends it is after. An end that stays where it is takes some
// eight ports one by one, as many as halve what lies between two ports of the sample, up to fifteen when
// several are asked at once, and a few more where a spell of loss misled the search.
bool follows_moving_ends(const Evidence& evidence, const Picture& picture, std::size_t ports,
                         unsigned between) {
  constexpr std::size_t most_an_end_one_by_one = 10;
  constexpr std::size_t most_an_end = 22;
  constexpr std::size_t spare = 8;
  const std::size_t most = between == 1 ? most_an_end_one_by_one : most_an_end;
  if (ports <= most * changes(picture.asked) + spare) return false;
  const std::size_t silences = picture.late_answers + picture.late_boundaries + holes_in(evidence, picture);
  return fewest_answers * silences > picture.prompt_answers;
}

bool shows_openings(const Picture& picture) {
  return picture.refused_by_host && !picture.failed_at_home && changes(picture.asked) <= most_changes;
}

bool was_planned(const Evidence& evidence, Port port) {
  return std::any_of(evidence.ports.begin(), evidence.ports.end(),
                     [port](const PortEvidence& planned) { return planned.port == port; });
}

}  // namespace

bool refusals_are_rationed(const Evidence& evidence) {
  return refusals_are_rationed(evidence, picture_of(evidence));
}

std::vector<Port> boundary_ports_to_ask(const Evidence& evidence, unsigned between, Time late_before) {
  const Picture whole = picture_of(evidence, late_before);
  // One by one a limit would draw the search out by many seconds.
  if (refusals_are_rationed(evidence, whole, between == 1 ? fewest_answers_when_slow : fewest_answers))
    return {};
  if (!shows_openings(whole)) return {};
  const Picture picture = without_young_holes(evidence, whole);
  auto ports = unknown_boundaries(picture.asked, between);
  std::erase_if(ports, [&](Port port) { return was_planned(evidence, port); });
  const std::size_t with_these = picture.boundary_ports + ports.size();
  if (with_these > most_boundary_ports) return {};
  if (follows_moving_ends(evidence, whole, with_these, between)) return {};
  return ports;
}

std::vector<std::size_t> silences_beside_search(const Evidence& evidence, Time late_before) {
  const Picture picture = picture_of(evidence, late_before);
  std::vector<std::size_t> silent;
  for (std::size_t i = 1; i < picture.asked.size(); ++i) {
    const Asked& below = picture.asked[i - 1];
    const Asked& above = picture.asked[i];
    if (above.port - below.port > 1) append_silent_end(evidence, below, above, silent);
  }
  return silent;
}

std::vector<std::size_t> silences_at_boundaries(const Evidence& evidence, Time late_before) {
  const Picture picture = picture_of(evidence, late_before);
  std::vector<std::size_t> silent;
  if (refusals_are_rationed(evidence, picture) || !shows_openings(without_young_holes(evidence, picture)))
    return silent;
  for (std::size_t i = 1; i < picture.asked.size(); ++i) {
    const Asked& below = picture.asked[i - 1];
    const Asked& above = picture.asked[i];
    const bool hole = is_hole(evidence, picture.asked, i);
    if (hole && !is_beside_awaited(picture.asked, i)) silent.push_back(above.index);
    if (!hole && above.port - below.port == 1) append_silent_end(evidence, below, above, silent);
  }
  return silent;
}

std::optional<std::vector<PortRange>> spans_of(const Evidence& evidence) {
  const Picture picture = picture_of(evidence);
  if (refusals_are_rationed(evidence, picture) || !shows_openings(picture) ||
      !unknown_boundaries(picture.asked, 1).empty())
    return std::nullopt;
  std::vector<PortRange> spans;
  bool inside = false;
  for (const Asked& asked : picture.asked) {
    if (asked.passed() && !inside) spans.push_back({asked.port, asked.port});
    if (asked.passed()) spans.back().last = asked.port;
    inside = asked.passed();
  }
  return spans;
}

}  // namespace edgesurvey
