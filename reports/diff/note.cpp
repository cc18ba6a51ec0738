#include "reports/diff/note.hpp"

#include <algorithm>
#include <array>

#include "reports/text/port_list.hpp"
#include "scanner/sample.hpp"
#include "targets/skip_reason.hpp"

namespace edgesurvey::diff {
namespace {

using namespace std::string_view_literals;

constexpr std::array note_names{"moved"sv,           "cls-ports-changed"sv, "range-changed"sv,
                                "spans-changed"sv,   "reason-changed"sv,    "confidence-changed"sv,
                                "leads-elsewhere"sv, "skipped"sv,           "not-judged"sv,
                                "no-target"sv};

// 1 % of the range. Less can come of one lost packet while an opening's end was searched.
constexpr std::size_t immaterial_ports = 100;
constexpr std::size_t max_spans_shown = 3;

// How many ports of the range are in one of the two but not in both. Spans of an untrusted result may overlap
// and be many: each costs the same, however long.
std::size_t difference(const std::vector<PortRange>& a, const std::vector<PortRange>& b) {
  std::array<std::int64_t, media_range_size + 1> begins_a{};  // minus those that have ended
  std::array<std::int64_t, media_range_size + 1> begins_b{};
  const auto enter = [](const std::vector<PortRange>& spans, auto& begins) {
    for (const auto& span : spans) {
      ++begins.at(std::size_t{span.first} - media_range_first);
      --begins.at(std::size_t{span.last} - media_range_first + 1);
    }
  };
  enter(a, begins_a);
  enter(b, begins_b);
  std::size_t differ = 0;
  std::int64_t in_a = 0;
  std::int64_t in_b = 0;
  for (std::size_t port = 0; port < media_range_size; ++port) {
    in_a += begins_a.at(port);
    in_b += begins_b.at(port);
    if ((in_a > 0) != (in_b > 0)) ++differ;
  }
  return differ;
}

std::string shown(const std::vector<PortRange>& spans) {
  if (spans.empty()) return "none";
  if (spans.size() > max_spans_shown) return std::to_string(spans.size()) + " spans";
  std::string text;
  for (const auto& span : spans) text += (text.empty() ? "" : ",") + span.to_string();
  return text;
}

std::string shown(const RangeEstimate& range) {
  return std::to_string(range.answered) + "/" + std::to_string(range.sampled);
}

std::string transition(std::string_view from, std::string_view to) {
  return std::string(from).append(" -> ").append(to);
}

class Notes {
 public:
  // when: of the survey that is asked about the other's hosts.
  explicit Notes(std::string_view when = "") : when_(when) {}
  void add(NoteCode code, std::string text, std::string name = {}) {
    notes_.push_back({.code = code, .text = std::move(text), .name = std::move(name)});
  }
  std::vector<Note> take() { return std::move(notes_); }

  void compare(const Snapshot& before, const Snapshot& now) {
    if (before.address != now.address) add(NoteCode::moved, "moved from " + before.address.to_string());
    if (before.verdict != now.verdict) return;
    compare_judgements(before, now);
    compare_ranges(before.range, now.range);
  }

  // A host that one survey alone judged, by what the other says of its targets.
  void look_up(const Snapshot& host, const SurveySnapshot& other) {
    for (const auto& name : host.names) {
      if (const auto* target = other.target(name)) {
        explain(name, host.address, *target);
      } else if (when_ == " now") {
        add(NoteCode::no_target, "no target now", name);
      }
    }
    const std::string address = host.address.to_string();
    if (const auto* target = other.target(address)) explain("", host.address, *target);
  }

 private:
  void compare_judgements(const Snapshot& before, const Snapshot& now) {
    if (now.verdict == Verdict::cls_exposed && before.cls_open != now.cls_open) {
      add(NoteCode::cls_ports_changed,
          "CLS " + transition(to_port_list(before.cls_open), to_port_list(now.cls_open)));
    } else if (before.reason != now.reason) {
      add(NoteCode::reason_changed, transition(to_string(before.reason), to_string(now.reason)));
    }
    if (before.confidence != now.confidence) {
      add(NoteCode::confidence_changed,
          "confidence " + transition(to_string(before.confidence), to_string(now.confidence)));
    }
  }

  void compare_ranges(const RangeEstimate& before, const RangeEstimate& now) {
    if (before.share && now.share &&
        (before.share->high < now.share->low || now.share->high < before.share->low)) {
      add(NoteCode::range_changed, "range " + transition(shown(before), shown(now)));
    }
    if (!before.spans || !now.spans || *before.spans == *now.spans) return;
    if (difference(*before.spans, *now.spans) > immaterial_ports) {
      add(NoteCode::spans_changed, "passed " + transition(shown(*before.spans), shown(*now.spans)));
    }
  }

  void explain(const std::string& name, const Address& address, const TargetSnapshot& target) {
    const auto& led_to = target.addresses;
    if (target.skipped) {
      add(NoteCode::skipped, std::string(edgesurvey::to_string(*target.skipped)) + when_, name);
    } else if (std::find(led_to.begin(), led_to.end(), address) != led_to.end()) {
      add(NoteCode::not_judged, "not judged" + when_, name);
    } else if (!led_to.empty()) {
      const std::string more = led_to.size() > 1 ? " +" + std::to_string(led_to.size() - 1) : "";
      add(NoteCode::leads_elsewhere, "at " + led_to.front().to_string() + more + when_, name);
    }
  }

  std::string when_;
  std::vector<Note> notes_;
};

}  // namespace

std::string_view to_string(NoteCode code) {
  return note_names.at(static_cast<std::size_t>(code));
}

std::vector<Note> notes_of(const Match& match, const SurveySnapshot& before, const SurveySnapshot& now) {
  if (match.before != nullptr && match.now != nullptr) {
    Notes notes;
    notes.compare(*match.before, *match.now);
    return notes.take();
  }
  const bool gone = match.before != nullptr;
  Notes notes(gone ? " now" : " before");
  notes.look_up(gone ? *match.before : *match.now, gone ? now : before);
  return notes.take();
}

}  // namespace edgesurvey::diff
