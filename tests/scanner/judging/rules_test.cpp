#include "scanner/judging/rules.hpp"

#include <algorithm>
#include <set>

#include "support/catch.hpp"

using namespace edgesurvey;

TEST_CASE("Every reason code has a rule") {
  std::set<VerdictReason> reasons;
  for (const Rule& rule : verdict_rules()) reasons.insert(rule.reason);
  CHECK(reasons.size() == 14);
}

TEST_CASE("What was seen to accept or answer is asked about before our own failures, and silence last") {
  const auto rules = verdict_rules();
  const auto place = [&](VerdictReason reason) {
    return std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.reason == reason; }) -
           rules.begin();
  };
  CHECK(place(VerdictReason::accepts_everything) < place(VerdictReason::cls_ports_open));
  CHECK(place(VerdictReason::cls_ports_open) < place(VerdictReason::range_answers));
  CHECK(place(VerdictReason::no_firewall) < place(VerdictReason::interrupted));
  CHECK(place(VerdictReason::local_error) < place(VerdictReason::range_rejected));
  CHECK(place(VerdictReason::blocked_during_scan) < place(VerdictReason::range_silent));
}

TEST_CASE("Of facts about nothing some rule still holds") {
  const Facts nothing;
  CHECK(std::any_of(verdict_rules().begin(), verdict_rules().end(),
                    [&](const Rule& rule) { return rule.applies(nothing); }));
}
