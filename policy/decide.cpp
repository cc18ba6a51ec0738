#include "policy/decide.hpp"

#include <algorithm>
#include <array>

namespace edgesurvey {
namespace {

constexpr std::array<std::string_view, 4> outcome_names{"broken", "waived", "undecided", "kept"};

bool has(const std::vector<Verdict>& verdicts, Verdict verdict) {
  return std::find(verdicts.begin(), verdicts.end(), verdict) != verdicts.end();
}

const Expectation* expectation_of(const Policy& policy, const Subject& subject) {
  const auto last = std::find_if(policy.expectations.rbegin(), policy.expectations.rend(),
                                 [&](const Expectation& each) { return each.hosts.matches(subject); });
  return last == policy.expectations.rend() ? nullptr : &*last;
}

const Waiver* waiver_of(const Policy& policy, const Subject& subject, Verdict verdict) {
  const auto last = std::find_if(policy.waivers.rbegin(), policy.waivers.rend(), [&](const Waiver& each) {
    return has(each.verdicts, verdict) && each.hosts.matches(subject);
  });
  return last == policy.waivers.rend() ? nullptr : &*last;
}

}  // namespace

std::string_view to_string(Outcome outcome) {
  return outcome_names.at(static_cast<std::size_t>(outcome));
}

Decision decide(const Policy& policy, const Subject& subject, Verdict verdict, VerdictReason reason) {
  Decision decision{.outcome = Outcome::undecided, .expectation = expectation_of(policy, subject)};
  if (is_our_own_failure(reason)) return decision;
  const bool expected = decision.expectation != nullptr && has(decision.expectation->verdicts, verdict);
  const bool undecided = verdict == Verdict::inconclusive && !has(policy.fail_on, verdict);
  const bool let_pass = decision.expectation == nullptr && !has(policy.fail_on, verdict);
  if (!expected && undecided) return decision;
  decision.outcome = Outcome::kept;
  if (expected || let_pass) return decision;
  decision.waiver = waiver_of(policy, subject, verdict);
  decision.outcome = decision.waiver != nullptr ? Outcome::waived : Outcome::broken;
  return decision;
}

}  // namespace edgesurvey
