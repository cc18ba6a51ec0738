#include "scanner/spans.hpp"

#include <algorithm>
#include <utility>

#include "scanner/attribution.hpp"
#include "scanner/sample.hpp"

namespace edgesurvey {
namespace {

// More changes between passed and not passed than this are loss or a rate limit, not the rules of a firewall.
constexpr std::size_t most_changes = 8;
constexpr std::size_t most_boundary_ports = 160;
constexpr std::size_t fewest_silences = 5;

struct Asked {
  Port port;
  bool passed;
  std::size_t index;  // in evidence.ports
};

struct Picture {
  std::vector<Asked> asked;  // ascending
  bool refused_by_host = false;
  std::size_t boundary_ports = 0;
  std::size_t prompt_answers = 0;  // of the passed, to their first try
  std::size_t late_answers = 0;    // to a further one
  bool failed_at_home = false;     // a boundary port could not be asked: that boundary stays unknown
};

bool was_passed(const PortEvidence& port, std::optional<Duration> nearest) {
  return port.state == PortState::open ||
         (port.state == PortState::closed && !was_turned_away(port, nearest));
}

Picture picture_of(const Evidence& evidence) {
  const auto nearest = nearest_from_host(evidence.syn_ack_rtts);
  Picture picture;
  std::size_t refusals = 0;
  for (std::size_t index = 0; index < evidence.ports.size(); ++index) {
    const auto& port = evidence.ports[index];
    if (!in_media_range(port.port)) continue;
    if (port.state == PortState::unknown) {
      picture.failed_at_home = picture.failed_at_home || port.role == Role::boundary;
      continue;
    }
    const bool passed = was_passed(port, nearest);
    picture.asked.push_back({port.port, passed, index});
    if (port.role == Role::boundary) ++picture.boundary_ports;
    if (passed) ++(port.answered_late() ? picture.late_answers : picture.prompt_answers);
    if (passed && port.state == PortState::closed) ++refusals;
  }
  std::sort(picture.asked.begin(), picture.asked.end(), [](auto& a, auto& b) { return a.port < b.port; });
  picture.refused_by_host = refusals > 0;
  return picture;
}

std::size_t changes(const std::vector<Asked>& asked) {
  std::size_t count = 0;
  for (std::size_t i = 1; i < asked.size(); ++i) count += asked[i].passed != asked[i - 1].passed;
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
  if (asked.front().passed && asked.front().port > media_range_first) ports.push_back(media_range_first);
  if (asked.back().passed && asked.back().port < media_range_last) ports.push_back(media_range_last);
  for (std::size_t i = 1; i < asked.size(); ++i)
    if (asked[i].passed != asked[i - 1].passed)
      append_between(asked[i - 1].port, asked[i].port, between, ports);
  return ports;
}

// Silent between two that were passed.
bool is_hole(const Evidence& evidence, const std::vector<Asked>& asked, std::size_t i) {
  return i > 0 && i + 1 < asked.size() && !asked[i].passed && asked[i - 1].passed && asked[i + 1].passed &&
         !evidence.ports[asked[i].index].answered();
}

// A silence in the midst of an opening is rather a lost packet than two more boundaries: it is asked again
// before anything is searched beside it, or one loss would lead to two dozen questions and further losses.
Picture without_young_holes(const Evidence& evidence, Picture picture) {
  std::vector<Asked> kept;
  kept.reserve(picture.asked.size());
  for (std::size_t i = 0; i < picture.asked.size(); ++i) {
    const auto& port = evidence.ports[picture.asked[i].index];
    if (port.attempts > 1 || !is_hole(evidence, picture.asked, i)) kept.push_back(picture.asked[i]);
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

// So many silences amid answers, whether or not they answer when they are asked again, are a limit on the
// refusals a second, and the ends of openings would move on with every try.
bool refusals_are_rationed(const Evidence& evidence, const Picture& picture, std::size_t answers_a_silence) {
  const std::size_t silences = picture.late_answers + holes_in(evidence, picture);
  return silences >= fewest_silences && answers_a_silence * silences > picture.prompt_answers;
}

// answers_a_silence: with fewer prompt answers than that for each silence, refusals are rationed.
bool shows_openings(const Evidence& evidence, const Picture& picture, std::size_t answers_a_silence = 4) {
  return picture.refused_by_host && !picture.failed_at_home && changes(picture.asked) <= most_changes &&
         !refusals_are_rationed(evidence, picture, answers_a_silence);
}

}  // namespace

std::vector<Port> boundary_ports_to_ask(const Evidence& evidence, unsigned between) {
  const Picture picture = without_young_holes(evidence, picture_of(evidence));
  // One by one, at a slow pace: a limit that bites even so would draw the search out by many seconds.
  if (!shows_openings(evidence, picture, between == 1 ? 5 : 4)) return {};
  auto ports = unknown_boundaries(picture.asked, between);
  if (picture.boundary_ports + ports.size() > most_boundary_ports) return {};
  return ports;
}

std::vector<std::size_t> silences_at_boundaries(const Evidence& evidence) {
  const Picture picture = picture_of(evidence);
  std::vector<std::size_t> silent;
  if (!shows_openings(evidence, without_young_holes(evidence, picture))) return silent;
  for (std::size_t i = 1; i < picture.asked.size(); ++i) {
    const Asked& below = picture.asked[i - 1];
    const Asked& above = picture.asked[i];
    const bool hole = is_hole(evidence, picture.asked, i);
    if (hole) silent.push_back(above.index);
    if (hole || below.passed == above.passed || above.port - below.port > 1) continue;
    const std::size_t end = below.passed ? above.index : below.index;
    if (!evidence.ports[end].answered()) silent.push_back(end);
  }
  return silent;
}

std::optional<std::vector<PortRange>> spans_of(const Evidence& evidence) {
  const Picture picture = picture_of(evidence);
  if (!shows_openings(evidence, picture) || !unknown_boundaries(picture.asked, 1).empty())
    return std::nullopt;
  std::vector<PortRange> spans;
  bool inside = false;
  for (const auto& [port, passed, index] : picture.asked) {
    if (passed && !inside) spans.push_back({port, port});
    if (passed) spans.back().last = port;
    inside = passed;
  }
  return spans;
}

}  // namespace edgesurvey
