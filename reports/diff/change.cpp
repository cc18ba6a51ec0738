#include "reports/diff/change.hpp"

#include <algorithm>

namespace edgesurvey::diff {
namespace {

using namespace std::string_view_literals;

constexpr std::array change_names{"newly-exposed"sv, "worse"sv,  "appeared"sv, "not-comparable"sv,
                                  "gone"sv,          "better"sv, "fixed"sv,    "same"sv};

bool is_finding(Verdict verdict) {
  return verdict == Verdict::cls_exposed || verdict == Verdict::media_range_open;
}

// Of two exposed hosts. Sets of which neither holds the other tell no direction: a relay's ports come and go.
Change change_of_open_ports(const std::vector<Port>& before, const std::vector<Port>& now) {
  if (before == now) return Change::same;
  if (std::includes(now.begin(), now.end(), before.begin(), before.end())) return Change::worse;
  if (std::includes(before.begin(), before.end(), now.begin(), now.end())) return Change::better;
  return Change::same;
}

}  // namespace

std::string_view to_string(Change change) {
  return change_names.at(static_cast<std::size_t>(change));
}

std::string_view meaning(Change change) {
  switch (change) {
    case Change::newly_exposed:
      return "CLS ports accept now, and did not";
    case Change::worse:
      return "more is let in than before";
    case Change::appeared:
      return "judged now alone";
    case Change::not_comparable:
      return "inconclusive before or now";
    case Change::gone:
      return "judged before alone";
    case Change::better:
      return "less is exposed than before";
    case Change::fixed:
      return "closed now, a finding before";
    case Change::same:
      break;
  }
  return "the same verdict";
}

Change change_of(const Snapshot* before, const Snapshot* now) {
  if (before == nullptr) return Change::appeared;
  if (now == nullptr) return Change::gone;
  const Verdict was = before->verdict;
  const Verdict is = now->verdict;
  if (was == is) {
    return is == Verdict::cls_exposed ? change_of_open_ports(before->cls_open, now->cls_open) : Change::same;
  }
  if (was == Verdict::inconclusive || is == Verdict::inconclusive) return Change::not_comparable;
  if (is == Verdict::cls_exposed) return Change::newly_exposed;
  if (is == Verdict::closed) return Change::fixed;
  return severity(is) > severity(was) ? Change::worse : Change::better;
}

bool counts_as_worse(Change change, const Snapshot* now) {
  switch (change) {
    case Change::newly_exposed:
    case Change::worse:
      return true;
    case Change::appeared:
    case Change::not_comparable:
      return now != nullptr && is_finding(now->verdict);
    case Change::gone:
    case Change::better:
    case Change::fixed:
    case Change::same:
      break;
  }
  return false;
}

}  // namespace edgesurvey::diff
