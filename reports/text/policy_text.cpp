#include "reports/text/policy_text.hpp"

#include <algorithm>

#include "reports/text/numbers.hpp"

namespace edgesurvey {
namespace {

std::string expected(const Policy& policy, const Expectation& expectation) {
  return "expected " + in_words(expectation.verdicts) + " by " + place(policy, expectation.line);
}

std::string why_broken(const Policy& policy, const Decision& decision) {
  if (decision.expectation != nullptr) return expected(policy, *decision.expectation);
  return policy.source.empty() ? "" : "fails the run by " + policy.source;
}

std::string why_waived(const Policy& policy, const Waiver& waiver) {
  return "waived until " + to_string(waiver.expires) + " by " + waiver.owner + ": " + waiver.reason + " (" +
         place(policy, waiver.line) + ")";
}

std::string why_kept(const Policy& policy, const Decision& decision) {
  if (decision.expectation == nullptr) return "";
  const auto& reason = decision.expectation->reason;
  return "as expected by " + place(policy, decision.expectation->line) +
         (reason.empty() ? "" : ": " + reason);
}

}  // namespace

std::string place(const Policy& policy, std::size_t line) {
  return policy.source + ":" + std::to_string(line);
}

std::string in_words(const HostSelector& hosts) {
  constexpr std::size_t enough = 3;
  const auto& texts = hosts.texts();
  std::string list(to_string(hosts.by()));
  for (std::size_t i = 0; i < std::min(texts.size(), enough); ++i)
    list += (i == 0 ? " '" : ", '") + texts[i] + "'";
  return texts.size() > enough ? list + " and " + grouped(texts.size() - enough) + " more" : list;
}

std::string in_words(const std::vector<Verdict>& verdicts) {
  std::string list;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    if (i > 0) list += i + 1 == verdicts.size() ? " or " : ", ";
    list += to_string(verdicts[i]);
  }
  return list;
}

std::string why(const Policy& policy, const Decision& decision) {
  switch (decision.outcome) {
    case Outcome::broken:
      return why_broken(policy, decision);
    case Outcome::waived:
      return why_waived(policy, *decision.waiver);
    case Outcome::kept:
      return why_kept(policy, decision);
    case Outcome::undecided:
      break;
  }
  return "";
}

}  // namespace edgesurvey
