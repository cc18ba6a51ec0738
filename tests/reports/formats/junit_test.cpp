#include "reports/formats/writers.hpp"

#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "reports/formats/junit_case.hpp"
#include "reports/small_policy.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/journal.hpp"
#include "reports/survey/open_survey.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

using Results = std::map<std::string, CaseResult>;

Results results_of(const SurveySource& survey, const std::vector<Verdict>& failing) {
  Policy policy;
  policy.fail_on = failing;
  Results results;
  for_each_junit_case(survey, JudgedPolicy(survey, policy),
                      [&](const JunitCase& test) { results[test.name] = test.result; });
  return results;
}

// A survey of one target that was skipped.
CaseResult result_of_skipped(SkipReason reason) {
  const TemporaryFolder folder;
  {
    JournalWriter journal(folder / "journal", small_run());
    auto outcome = resolved(0);
    outcome.skipped = reason;
    journal.target(named_target("a.example", 1), outcome);
    journal.finish(small_run());
  }
  return results_of(*open_survey(folder / "journal"), {}).at("a.example");
}

}  // namespace

TEST_CASE("A broken policy is a failure, our own trouble an error, and a closed host passes") {
  const auto results = results_of(*small_survey(), {Verdict::cls_exposed, Verdict::media_range_open});
  CHECK(results.at("sip.contoso.example 192.0.2.10") == CaseResult::failure);
  CHECK(results.at("192.0.2.8/29 192.0.2.12") == CaseResult::failure);
  CHECK(results.at("sip.contoso.example 2001:db8::10") == CaseResult::passed);
  CHECK(results.at("192.0.2.8/29 192.0.2.15") == CaseResult::error);
  CHECK(results.at("meet.online.lync.com") == CaseResult::skipped);
  CHECK(results.size() == 12);
}

TEST_CASE("Only what was asked for fails, and our own trouble never counts as the host's") {
  const auto results = results_of(*small_survey(), {Verdict::closed, Verdict::inconclusive});
  CHECK(results.at("sip.contoso.example 192.0.2.10") == CaseResult::passed);
  CHECK(results.at("sip.contoso.example 2001:db8::10") == CaseResult::failure);
  CHECK(results.at("192.0.2.8/29 192.0.2.15") == CaseResult::error);
}

TEST_CASE(
    "What was not probed is an error if we could not look, and skipped if there was nothing to look at") {
  for (const auto reason : {SkipReason::dns_timeout, SkipReason::dns_failure, SkipReason::interrupted}) {
    CHECK(result_of_skipped(reason) == CaseResult::error);
  }
  for (const auto reason :
       {SkipReason::nxdomain, SkipReason::no_address, SkipReason::excluded, SkipReason::out_of_scope,
        SkipReason::internal_address, SkipReason::hosted_service}) {
    CHECK(result_of_skipped(reason) == CaseResult::skipped);
  }
}

TEST_CASE("A host that nothing can be told about neither passes nor fails, unless that was asked for") {
  const TemporaryFolder folder;
  {
    JournalWriter journal(folder / "journal", small_run());
    auto host = quiet_host("192.0.2.1");
    host.judgement.verdict = Verdict::inconclusive;
    host.judgement.reason = VerdictReason::no_answer;
    host.judgement.reasons = {host.judgement.reason};
    journal.target(named_target("a.example", 1), resolved(0, {address("192.0.2.1")}));
    journal.host(host);
    journal.finish(small_run());
  }
  const auto survey = open_survey(folder / "journal");
  CHECK(results_of(*survey, {Verdict::cls_exposed}).at("a.example 192.0.2.1") == CaseResult::skipped);
  CHECK(results_of(*survey, {Verdict::inconclusive}).at("a.example 192.0.2.1") == CaseResult::failure);
}

TEST_CASE("A waived host is skipped with its owner, its day and its reason, an expected one passes") {
  const auto survey = small_survey();
  const ReportInput input(*survey, small_policy());
  Results results;
  for_each_junit_case(*survey, *input.policy,
                      [&](const JunitCase& test) { results[test.name] = test.result; });
  CHECK(results.at("sip.contoso.example 192.0.2.10") == CaseResult::failure);
  CHECK(results.at("192.0.2.8/29 192.0.2.10") == CaseResult::failure);
  CHECK(results.at("192.0.2.8/29 192.0.2.12") == CaseResult::passed);
  CHECK(results.at("192.0.2.8/29 192.0.2.15") == CaseResult::error);
  CHECK(results.at("b\xC3\xBC"
                   "cher.example 2001:db8:aaaa:bbbb:cccc:dddd:eeee:10") == CaseResult::skipped);
  std::ostringstream out;
  write_junit(input, out);
  CHECK(out.str().find("<skipped message=\"cls-exposed, waived until 2015-06-30 by =edge-team") !=
        std::string::npos);
  CHECK(out.str().find("<failure message=\"cls-exposed, expected closed by policy.toml:2: ") !=
        std::string::npos);
  CHECK(out.str().find("<property name=\"policy\" value=\"policy.toml\"") != std::string::npos);
}

TEST_CASE("The counts of the suite are those of its cases") {
  std::ostringstream out;
  write_junit(*small_survey(), out);
  pugi::xml_document document;
  REQUIRE(document.load_string(out.str().c_str()));
  const auto suite = document.child("testsuites").child("testsuite");
  int cases = 0;
  std::map<std::string, int> outcomes;
  for (const auto test : suite.children("testcase")) {
    ++cases;
    for (const auto outcome : test.children()) ++outcomes[outcome.name()];
  }
  CHECK(suite.attribute("tests").as_int() == cases);
  CHECK(suite.attribute("failures").as_int() == outcomes["failure"]);
  CHECK(suite.attribute("errors").as_int() == outcomes["error"]);
  CHECK(suite.attribute("skipped").as_int() == outcomes["skipped"]);
  CHECK(outcomes["failure"] == 5);
}
