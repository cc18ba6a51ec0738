#include "reports/history/history_words.hpp"

#include <algorithm>
#include <cmath>

#include "reports/text/numbers.hpp"
#include "reports/text/port_list.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t day_characters = 10;
constexpr std::size_t minute_characters = 16;

std::string exposed_share(const RunRecord& run) {
  return percent(run.share(Verdict::cls_exposed).share) + " %";
}

}  // namespace

std::string day_of(WallTime time) {
  return to_iso8601(time).substr(0, day_characters);
}

std::string minute_of(WallTime time) {
  std::string text = to_iso8601(time).substr(0, minute_characters);
  text[day_characters] = ' ';
  return text;
}

std::string whole_percent(double share) {
  return std::to_string(std::lround(share * 100));
}

std::string days_of(const Stretch& stretch) {
  const auto first = day_of(stretch.first);
  const auto last = day_of(stretch.last);
  return first == last ? first : first + " .. " + last;
}

std::string judgement_of(const Sighting& sighting) {
  return std::string(to_string(sighting.verdict)) + " (" + std::string(to_string(sighting.reason)) + "), " +
         std::string(to_string(sighting.confidence));
}

std::string evidence_of(const Stretch& stretch) {
  std::string text;
  if (stretch.judged && !stretch.judged->cls_open.empty()) {
    text = "CLS " + to_port_list(stretch.judged->cls_open) + " open";
  }
  if (stretch.least_range > stretch.most_range) return text;  // no share at all
  const auto least = percent(stretch.least_range);
  const auto most = percent(stretch.most_range);
  return text + (text.empty() ? "" : ", ") + "range " + least + (least == most ? "" : "-" + most) + " %";
}

std::string trend_headline(const std::vector<RunRecord>& runs) {
  std::string text = counted(runs.size(), "run", "runs") + " from " + day_of(runs.front().started);
  if (runs.size() > 1) text += " to " + day_of(runs.back().started);
  const auto judged = [](const RunRecord& run) { return run.addresses() > 0; };
  const auto first = std::find_if(runs.begin(), runs.end(), judged);
  if (first == runs.end()) return text + ": no address was judged";
  const auto last = std::find_if(runs.rbegin(), runs.rend(), judged);
  const bool one = &*first == &*last;
  return text + ": exposed " + (one ? "" : "first ") + exposed_share(*first) +
         (one ? "" : ", last " + exposed_share(*last));
}

std::string vantage_note(const std::vector<RunRecord>& runs) {
  constexpr std::size_t named = 5;
  const auto vantages = vantages_of(runs);
  if (vantages.size() < 2) return {};
  std::string text = "Seen from " + std::to_string(vantages.size()) + " places, which may not see the same: ";
  for (std::size_t i = 0; i < std::min(named, vantages.size()); ++i)
    text += (i > 0 ? ", " : "") + vantages[i];
  return text + (vantages.size() > named ? ", ..." : "");
}

}  // namespace edgesurvey
