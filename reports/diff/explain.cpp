#include "reports/diff/explain.hpp"

#include <algorithm>

#include "reports/text/port_list.hpp"

namespace edgesurvey::diff {
namespace {

std::string word(Verdict verdict) {
  return std::string(edgesurvey::to_string(verdict));
}

std::string word(VerdictReason reason) {
  return std::string(edgesurvey::to_string(reason));
}

std::string evidence(const Snapshot& host) {
  if (host.verdict != Verdict::cls_exposed) return word(host.reason);
  return "CLS " + to_port_list(host.cls_open) + " open";
}

std::string explain_worse(const Entry& entry) {
  if (entry.now->verdict == Verdict::cls_exposed) {
    return "Still exposed, and CLS ports accept connections now that did not.";
  }
  return "The perimeter lets in ports of 50000-59999 now; before, nothing showed that it did.";
}

std::string explain_better(const Entry& entry) {
  if (entry.now->verdict == Verdict::cls_exposed) {
    return "Still exposed, with fewer CLS ports open: a relay port that was in use, or part of a repair.";
  }
  return "No CLS port accepts connections any more, but the perimeter still lets in ports of 50000-59999: "
         "the "
         "agent was stopped or blocked, by the host or on the way.";
}

std::string explain_fixed(const Entry& entry) {
  if (entry.now->reason == VerdictReason::range_rejected) {
    return "Something in front of the host refuses 50000-59999 now: an answer, where silence would fit more "
           "than "
           "one cause.";
  }
  return what_silence_fits();
}

std::string explain_appeared(const Entry& entry) {
  return entry.counts_as_worse
             ? "The old survey did not judge it, so this may be as old as the host: no baseline "
               "vouches for it, and it counts as worse."
             : "The old survey did not judge it.";
}

std::string explain_not_comparable(const Entry& entry) {
  if (entry.now->verdict == Verdict::inconclusive) {
    return "Nothing can be told now (" + word(entry.now->reason) + "), so neither whether what was " +
           word(entry.before->verdict) + " before still is: repaired, or only not to be seen from here.";
  }
  return "Nothing could be told before (" + word(entry.before->reason) + "), so neither whether what is " +
         word(entry.now->verdict) + " now has changed." +
         (entry.counts_as_worse ? " No baseline vouches for it, and it counts as worse." : "");
}

}  // namespace

std::string gist(const Entry& entry) {
  switch (entry.change) {
    case Change::not_comparable:
      if (entry.now->verdict == Verdict::inconclusive) return evidence(*entry.now);
      return evidence(*entry.now) + "; " + word(entry.before->reason) + " before";
    case Change::gone:
      return entry.notes.empty() ? "not judged now" : "";
    case Change::same:
      return "";
    default:
      break;
  }
  const bool told = std::any_of(entry.notes.begin(), entry.notes.end(),
                                [](const Note& note) { return note.code == NoteCode::cls_ports_changed; });
  return told ? "" : evidence(*entry.now);
}

bool names_note(const Entry& entry, const Note& note) {
  return !note.name.empty() && entry.shown().names.size() > 1;
}

std::string transition(const Entry& entry) {
  if (entry.before == nullptr) return word(entry.now->verdict);
  if (entry.now == nullptr) return "was " + word(entry.before->verdict);
  if (entry.before->verdict == entry.now->verdict) return word(entry.now->verdict);
  return word(entry.before->verdict) + " -> " + word(entry.now->verdict);
}

std::string why(const Entry& entry) {
  std::string text = gist(entry);
  for (const auto& note : entry.notes) {
    if (!text.empty()) text += "; ";
    if (names_note(entry, note)) text += note.name + ": ";
    text += note.text;
  }
  return text;
}

std::string explanation(const Entry& entry) {
  switch (entry.change) {
    case Change::newly_exposed:
      return "TCP " + to_port_list(entry.now->cls_open) +
             " accept connections now and did not: the agent was started, or whatever kept it from being "
             "seen "
             "is gone.";
    case Change::worse:
      return explain_worse(entry);
    case Change::appeared:
      return explain_appeared(entry);
    case Change::not_comparable:
      return explain_not_comparable(entry);
    case Change::gone:
      return "The new survey did not judge it; that says nothing of what the host shows.";
    case Change::better:
      return explain_better(entry);
    case Change::fixed:
      return explain_fixed(entry);
    case Change::same:
      break;
  }
  return "The verdict is the same.";
}

std::string name_of(const Entry& entry) {
  const auto& names = entry.shown().names;
  if (names.empty()) return "";
  return names.front() + (names.size() > 1 ? " +" + std::to_string(names.size() - 1) : "");
}

std::string what_silence_fits() {
  return "Silence fits both 'fixed' and a perimeter, or an intrusion prevention system, that now drops what "
         "comes "
         "from here: only the rule itself, or a look from elsewhere, tells which.";
}

bool findings_fell_silent(const SurveyDiff& diff) {
  return std::any_of(diff.entries().begin(), diff.entries().end(), [](const Entry& entry) {
    const bool lost = entry.change == Change::fixed || entry.change == Change::better;
    const bool unseen = entry.change == Change::not_comparable &&
                        severity(entry.before->verdict) > severity(Verdict::inconclusive);
    return lost || unseen;
  });
}

}  // namespace edgesurvey::diff
