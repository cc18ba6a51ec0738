// Where an opening of the media range begins and ends, to the port: the sample shows roughly where, and
// cutting up what lies between two neighbours of which one was passed and the other was not, over and over,
// finds the very port.
#include <algorithm>
#include <utility>
#include <vector>

#include "scanner/inquiry/questions.hpp"
#include "scanner/judging/range_picture.hpp"

namespace edgesurvey {
namespace {

// A silence in the midst of an opening is rather a lost packet than two more edges: it is asked again before
// anything is searched beside it, or one loss would lead to two dozen questions and further losses.
RangePicture without_young_holes(const Evidence& evidence, RangePicture picture) {
  std::vector<RangePort> kept;
  kept.reserve(picture.ports.size());
  for (std::size_t i = 0; i < picture.ports.size(); ++i) {
    const PortEvidence& port = evidence.ports[picture.ports[i].index];
    const bool asked_again = port.attempts > 1 && (port.answered() || port.given_up == port.attempts);
    if (asked_again || !is_hole(evidence, picture, i)) kept.push_back(picture.ports[i]);
  }
  picture.ports = std::move(kept);
  return picture;
}

// The cuts between two neighbours that were not asked yet. None where a port between them is awaited that is
// no such cut: it was asked when they were farther apart, and tells more than guessing on.
void append_cuts(const std::vector<RangePort>& ports, std::size_t below, std::size_t above, unsigned between,
                 std::vector<Port>& cuts) {
  const unsigned gap = ports[above].port - ports[below].port;
  const unsigned parts = std::min(gap, between + 1);
  const std::size_t before = cuts.size();
  std::size_t inside = 0;
  for (unsigned part = 1; part < parts; ++part) {
    const auto cut = static_cast<Port>(ports[below].port + gap * part / parts);
    const auto is_it = [cut](const RangePort& port) { return port.port == cut; };
    const bool asked = std::any_of(ports.begin() + static_cast<std::ptrdiff_t>(below) + 1,
                                   ports.begin() + static_cast<std::ptrdiff_t>(above), is_it);
    if (asked)
      ++inside;
    else
      cuts.push_back(cut);
  }
  if (inside < above - below - 1) cuts.resize(before);
}

// Blocked CLS ports, which is what a remedy brings about, are no end of an opening that goes on around them.
const RangePort& lowest_but_cls(const std::vector<RangePort>& ports) {
  const auto lowest =
      std::find_if(ports.begin(), ports.end(), [](const RangePort& port) { return !is_cls_port(port.port); });
  return lowest == ports.end() ? ports.front() : *lowest;
}

// What would make the picture exact.
std::vector<Port> cuts_of(const RangePicture& picture, unsigned between) {
  std::vector<Port> cuts;
  const auto& ports = picture.ports;
  if (ports.empty()) return cuts;
  if (ports.front().port > media_range_first && lowest_but_cls(ports).passed())
    cuts.push_back(media_range_first);
  if (ports.back().passed() && ports.back().port < media_range_last) cuts.push_back(media_range_last);
  std::size_t below = ports.size();
  for (std::size_t i = 0; i < ports.size(); ++i) {
    if (ports[i].passage == Passage::awaited) continue;
    if (below < i && differ(ports[below], ports[i])) append_cuts(ports, below, i, between, cuts);
    below = i;
  }
  return cuts;
}

// A search that takes more goes after edges that move with every attempt, as a limit on refusals makes them:
// one that stays where it is takes some eight ports one by one, and twelve four at a time; the rest is for
// bursts that misled it.
constexpr std::size_t most_ports_an_edge = 30;

bool may_search(const Observed& o) {
  return o.range_refused() && o.sample_left() == 0 && o.first_half().shows != FirstHalf::Shows::not_yet;
}

}  // namespace

Want wants::range_edge(const Observed& o, const Question&) {
  if (!may_search(o)) return {};
  const Evidence& evidence = o.evidence();
  const RangePicture& whole = o.picture();
  if (!shows_openings(whole) || o.count(Role::sample)[Fate::awaited] > 0) return {};
  // Four ports at once between two neighbours: three rounds find what lies between two ports of the sample.
  auto cuts = cuts_of(without_young_holes(evidence, whole), o.favours_latency() ? 4 : 1);
  // A planned port that could not be asked is not in the picture: it is not asked for ever.
  std::erase_if(cuts, [&](Port cut) { return o.asked(cut).has_value(); });
  if (cuts.empty() || whole.edge_ports + cuts.size() > most_ports_an_edge * (changes(whole) + 1) ||
      refusals_are_rate_limited(evidence, whole))
    return {};
  return {.not_before = o.at(), .port = cuts.front()};
}

// Silences at which a search has come to its end, and those between two passed ports; a third time where
// packets are being lost. Where one silence of the search was a lost packet, a burst may have swallowed
// others, and the search would walk from one of them to the next: all of them are asked again.
Want wants::doubted_edge(const Observed& o, const Question& q) {
  if (!may_search(o)) return {};
  const Evidence& evidence = o.evidence();
  const RangePicture& picture = o.picture();
  std::vector<std::size_t> doubted;
  const auto doubt = [&](const RangePort& port) {
    if (is_silent(evidence, port) && evidence.ports[port.index].attempts < o.tries_at_doubt() &&
        o.fate(port.index) != Fate::awaited)
      doubted.push_back(port.index);
  };
  const auto& ports = picture.ports;
  const auto awaited = [&](std::size_t i) {
    return i < ports.size() && ports[i].passage == Passage::awaited;
  };
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const bool hole = is_hole(evidence, picture, i);
    if (hole && !awaited(i + 1) && !(i > 0 && awaited(i - 1))) doubt(ports[i]);
    if (hole || i == 0 || !differ(ports[i - 1], ports[i]) || ports[i].port - ports[i - 1].port > 1) continue;
    doubt(ports[i - 1].passed() ? ports[i] : ports[i - 1]);
  }
  if (picture.late_edges > 0)
    for (const RangePort& port : ports)
      if (evidence.ports[port.index].role == Role::boundary && evidence.ports[port.index].attempts == 1)
        doubt(port);
  if (doubted.empty() || refusals_are_rate_limited(evidence, picture) ||
      !shows_openings(without_young_holes(evidence, picture)))
    return {};
  return o.first_of(doubted, q, [](std::size_t) { return true; });
}

}  // namespace edgesurvey
