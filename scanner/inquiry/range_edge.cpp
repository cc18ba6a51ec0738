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

// How many ports are asked at once between two neighbours. Where answers take long, more of them spare a
// round: with five, three rounds find what lies between two ports of the sample, and four with three.
unsigned asked_between(const Observed& o) {
  constexpr Duration far_away = std::chrono::milliseconds(120);
  if (!o.favours_latency()) return 1;
  return o.log().rtt().known() && o.log().rtt().expected() > far_away ? 5 : 3;
}

// A silence in the midst of an opening is rather a lost packet than two more edges: it is asked again before
// anything is searched beside it, or one loss would lead to two dozen questions and further losses.
RangePicture without_young_holes(const Evidence& evidence, RangePicture picture) {
  std::vector<RangePort> kept;
  kept.reserve(picture.ports.size());
  for (std::size_t i = 0; i < picture.ports.size(); ++i) {
    const PortEvidence& port = evidence.ports[picture.ports[i].index];
    const bool asked_again = port.given_up > 1 && port.given_up == port.attempts;
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

// Whether a search would take more ports with these than it needs, and its answers come as late as a limit on
// refusals makes them: then every attempt moves the edges it is after. An edge that stays where it is takes
// some eight ports one by one, as many as halve what lies between two ports of the sample, up to fifteen when
// several are asked at once, and a few more where a burst misled the search.
bool follows_moving_edges(const Evidence& evidence, const RangePicture& picture, std::size_t ports,
                          unsigned between) {
  const std::size_t most_an_edge = between == 1 ? 10 : 22;
  constexpr std::size_t spare = 8;
  if (ports <= most_an_edge * changes(picture) + spare) return false;
  std::size_t silences = picture.late_answers + picture.late_edges;
  for (std::size_t i = 0; i < picture.ports.size(); ++i) silences += is_hole(evidence, picture, i) ? 1U : 0U;
  return fewest_answers_a_silence * silences > picture.prompt_answers;
}

bool may_search(const Observed& o) {
  return o.glance().range_refused && o.sample_left() == 0 &&
         o.first_half().shows != FirstHalf::Shows::not_yet;
}

}  // namespace

Want wants::range_edge(const Observed& o, const Question&) {
  if (!may_search(o)) return {};
  const Evidence& evidence = o.evidence();
  const RangePicture& whole = o.picture();
  const unsigned between = asked_between(o);
  if (!shows_openings(whole)) return {};
  const auto sample = o.plan().of(Role::sample);
  for (std::size_t i = sample.first; i < sample.last; ++i)
    if (o.fate(i) == Fate::awaited) return {};
  auto cuts = cuts_of(without_young_holes(evidence, whole), between);
  // A planned port that could not be asked is not in the picture: it is not asked for ever.
  std::erase_if(cuts, [&](Port cut) { return o.asked(cut).has_value(); });
  // One by one a limit would draw the search out by many seconds.
  const std::size_t answers_a_silence = fewest_answers_a_silence + (between == 1 ? 1 : 0);
  const std::size_t with_these = whole.edge_ports + cuts.size();
  if (cuts.empty() || refusals_are_rate_limited(evidence, whole, answers_a_silence) ||
      follows_moving_edges(evidence, whole, with_these, between))
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
  const unsigned most = o.glance().answered_late ? 3 : 2;
  std::vector<std::size_t> doubted;
  const auto doubt = [&](const RangePort& port) {
    if (is_silent(evidence, port) && evidence.ports[port.index].attempts < most &&
        o.fate(port.index) == Fate::silent)
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
  return o.first_of(doubted, q);
}

}  // namespace edgesurvey
