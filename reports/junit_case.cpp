#include "reports/junit_case.hpp"

#include <algorithm>

namespace edgesurvey {
namespace {

bool is_our_own_fault(VerdictReason reason) {
  return reason == VerdictReason::local_error || reason == VerdictReason::interrupted;
}

CaseResult result_of(const Judgement& judgement, const std::vector<Verdict>& failing) {
  if (judgement.verdict == Verdict::inconclusive && is_our_own_fault(judgement.reason))
    return CaseResult::error;
  const bool fails = std::find(failing.begin(), failing.end(), judgement.verdict) != failing.end();
  if (fails) return CaseResult::failure;
  return judgement.verdict == Verdict::inconclusive ? CaseResult::skipped : CaseResult::passed;
}

CaseResult result_of(SkipReason reason) {
  switch (reason) {
    case SkipReason::dns_timeout:
    case SkipReason::dns_failure:
    case SkipReason::interrupted:
      return CaseResult::error;
    case SkipReason::nxdomain:
    case SkipReason::no_address:
    case SkipReason::excluded:
    case SkipReason::out_of_scope:
    case SkipReason::internal_address:
    case SkipReason::hosted_service:
      break;
  }
  return CaseResult::skipped;
}

std::string name_of(const TargetRow& target, const Address& address) {
  const std::string text = address.to_string();
  return target.name == text ? text : target.name + " " + text;
}

JunitCase judged(const TargetRow& target, const HostReport& host, const std::vector<Verdict>& failing) {
  const auto result = result_of(host.judgement, failing);
  return {.target = target,
          .host = &host,
          .name = name_of(target, host.evidence.address),
          .result = result,
          .type = result == CaseResult::passed ? "" : to_string(host.judgement.reason)};
}

JunitCase not_judged(const TargetRow& target, std::string name) {
  const auto reason = target.skipped.value_or(SkipReason::interrupted);
  return {.target = target,
          .host = nullptr,
          .name = std::move(name),
          .result = result_of(reason),
          .type = to_string(reason)};
}

}  // namespace

void for_each_junit_case(const SurveySource& survey, const std::vector<Verdict>& failing,
                         const std::function<void(const JunitCase&)>& use) {
  survey.for_each_target([&](const TargetRow& target) {
    if (target.addresses.empty()) use(not_judged(target, target.name));
    for (const auto& address : target.addresses) {
      const auto host = survey.host(address);
      use(host ? judged(target, *host, failing) : not_judged(target, name_of(target, address)));
    }
  });
}

}  // namespace edgesurvey
