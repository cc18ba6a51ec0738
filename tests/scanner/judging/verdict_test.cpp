#include "scanner/judging/verdict.hpp"

#include <set>
#include <string>

#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

constexpr int reason_count = 13;

}  // namespace

TEST_CASE("Verdicts, reasons and confidences read back as they are written") {
  for (const Verdict verdict : all_verdicts) CHECK(parse_verdict(to_string(verdict)) == verdict);
  std::set<std::string> names;
  for (int i = 0; i < reason_count; ++i) {
    const auto reason = static_cast<VerdictReason>(i);
    CHECK(parse_verdict_reason(to_string(reason)) == reason);
    CHECK(names.insert(std::string(to_string(reason))).second);
  }
  for (const auto confidence : {Confidence::high, Confidence::medium, Confidence::low})
    CHECK(parse_confidence(to_string(confidence)) == confidence);
  CHECK_FALSE(parse_verdict("CLOSED"));
  CHECK_FALSE(parse_verdict_reason("cls_ports_open"));
  CHECK_FALSE(parse_confidence(""));
}

TEST_CASE("Every reason code stands under the verdict the design gives it") {
  const auto under = [](const char* verdict, std::initializer_list<const char*> reasons) {
    for (const char* name : reasons) {
      INFO(name);
      CHECK(to_string(verdict_of(parse_verdict_reason(name).value())) == verdict);
    }
  };
  under("cls-exposed", {"cls-ports-open", "some-cls-ports-open"});
  under("media-range-open", {"range-answers", "relay-port-open", "no-firewall"});
  under("closed", {"range-silent", "range-rejected"});
  under("inconclusive", {"no-answer", "accepts-everything", "accepts-range-part", "answers-everywhere",
                         "blocked-during-scan", "local-error", "interrupted"});
}

TEST_CASE("The worse of two verdicts is the one that should worry the owner more") {
  CHECK(severity(Verdict::cls_exposed) > severity(Verdict::media_range_open));
  CHECK(severity(Verdict::media_range_open) > severity(Verdict::inconclusive));
  CHECK(severity(Verdict::inconclusive) > severity(Verdict::closed));
  for (const Verdict a : all_verdicts) {
    CHECK(worse(a, a) == a);
    for (const Verdict b : all_verdicts) CHECK(worse(a, b) == worse(b, a));
  }
  CHECK(worse(Verdict::closed, Verdict::inconclusive) == Verdict::inconclusive);
}
