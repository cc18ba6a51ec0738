#include "reports/formats/junit_case.hpp"

namespace edgesurvey {
namespace {

CaseResult result_of(const Judgement& judgement, const Decision& decision) {
  switch (decision.outcome) {
    case Outcome::broken:
      return CaseResult::failure;
    case Outcome::kept:
      return CaseResult::passed;
    case Outcome::waived:
      return CaseResult::skipped;
    case Outcome::undecided:
      break;
  }
  return is_our_own_failure(judgement.reason) ? CaseResult::error : CaseResult::skipped;
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

JunitCase judged(const TargetRow& target, const HostReport& host, const Decision& decision) {
  const auto result = result_of(host.judgement, decision);
  return {.target = target,
          .host = &host,
          .decision = &decision,
          .name = name_of(target, host.evidence.address),
          .result = result,
          .type = result == CaseResult::passed ? "" : to_string(host.judgement.reason)};
}

JunitCase not_judged(const TargetRow& target, std::string name) {
  const auto reason = target.skipped.value_or(SkipReason::interrupted);
  return {.target = target,
          .host = nullptr,
          .decision = nullptr,
          .name = std::move(name),
          .result = result_of(reason),
          .type = to_string(reason)};
}

}  // namespace

void for_each_junit_case(const SurveySource& survey, const JudgedPolicy& policy,
                         const std::function<void(const JunitCase&)>& use) {
  survey.for_each_target([&](const TargetRow& target) {
    if (target.addresses.empty()) use(not_judged(target, target.name));
    for (const auto& address : target.addresses) {
      const auto host = survey.host(address);
      use(host ? judged(target, *host, policy.of(address)) : not_judged(target, name_of(target, address)));
    }
  });
}

}  // namespace edgesurvey
