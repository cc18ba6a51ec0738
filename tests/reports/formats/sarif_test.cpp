#include "reports/formats/writers.hpp"

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "reports/formats/sarif_result.hpp"
#include "reports/formats/target_lines.hpp"
#include "reports/small_policy.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/journal.hpp"
#include "reports/survey/open_survey.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using nlohmann::json;

namespace {

json run_of(const ReportInput& input) {
  std::ostringstream out;
  write_sarif(input, out);
  return json::parse(out.str()).at("runs").at(0);
}

json small_sarif() {
  return run_of(*small_survey());
}

// One exposed host, named by this line of this file in a run at this time.
json run_with(const std::string& source, std::size_t line, const std::string& name, WallTime scanned_at) {
  const TemporaryFolder folder;
  {
    JournalWriter journal(folder / "journal", small_run());
    auto target = named_target(name, line);
    target.origin.source = source;
    journal.target(target, resolved(0, {address("192.0.2.1")}));
    auto host = exposed_host("192.0.2.1");
    host.scanned_at = scanned_at;
    journal.host(host);
    journal.finish(small_run());
  }
  return run_of(*open_survey(folder / "journal"));
}

}  // namespace

TEST_CASE("A finding points at the line that named the host, and at further lines that lead to it") {
  const auto result = small_sarif().at("results").at(0);
  const auto place = result.at("locations").at(0).at("physicalLocation");
  CHECK(place.at("artifactLocation").at("uri") == "edges.txt");
  CHECK(place.at("region").at("startLine") == 3);
  std::vector<int> further;
  for (const auto& related : result.at("relatedLocations")) {
    further.push_back(related.at("physicalLocation").at("region").at("startLine"));
  }
  CHECK(further == std::vector<int>{4, 5});
}

TEST_CASE(
    "An exposed host is an error, an open range a warning, a riddle a note, and a closed host nothing") {
  std::multiset<std::string> levels;
  const auto run = small_sarif();
  for (const auto& result : run.at("results")) {
    levels.insert(result.at("ruleId").get<std::string>() + " " + result.at("level").get<std::string>());
  }
  CHECK(levels == std::multiset<std::string>{"cls-exposed error", "cls-exposed error", "inconclusive note",
                                             "media-range-open warning"});
}

TEST_CASE("What is waived is a suppressed finding with its justification, what is expected is none") {
  const auto survey = small_survey();
  std::map<std::string, json> results;
  const auto run = run_of({*survey, small_policy()});
  for (const auto& result : run.at("results")) {
    results[result.at("locations").at(0).at("logicalLocations").at(0).at("fullyQualifiedName")] = result;
  }
  REQUIRE(results.size() == 3);
  const auto waived = results.at("2001:db8:aaaa:bbbb:cccc:dddd:eeee:10");
  const auto suppression = waived.at("suppressions").at(0);
  CHECK(suppression.at("kind") == "external");
  CHECK(suppression.at("status") == "accepted");
  CHECK(suppression.at("justification")
            .get<std::string>()
            .starts_with("waived until 2015-06-30 by =edge-team"));
  const auto broken = results.at("192.0.2.10");
  CHECK_FALSE(broken.contains("suppressions"));
  CHECK(broken.at("message").at("text").get<std::string>().ends_with(
      " Policy: expected closed by policy.toml:2."));
  CHECK(results.at("192.0.2.15").at("properties").at("policy") == "undecided");
  CHECK(waived.at("partialFingerprints").at("addressAndRule/v1") ==
        "cls-exposed 2001:db8:aaaa:bbbb:cccc:dddd:eeee:10");
}

TEST_CASE("A closed host is a finding only where the policy wants something else of it") {
  const auto survey = small_survey();
  const auto run =
      run_of({*survey, policy_of("fail-on = \"cls-exposed\"\n[[expect]]\nblock = \"192.0.2.9\"\nverdict = "
                                 "\"cls-exposed\"\nreason = \"a canary\"\n")});
  std::multiset<std::string> rules;
  for (const auto& result : run.at("results")) rules.insert(result.at("ruleId"));
  CHECK(rules == std::multiset<std::string>{"closed", "cls-exposed", "cls-exposed", "inconclusive",
                                            "media-range-open"});
}

TEST_CASE("A fingerprint outlives a moved line, another name and another day") {
  const auto before = run_with("edges.txt", 3, "a.example", at("2015-03-02T09:30:00.000Z"));
  const auto after = run_with("lists/all.txt", 700, "b.example", at("2016-03-02T09:30:00.000Z"));
  const auto fingerprints = [](const json& run) { return run.at("results").at(0).at("partialFingerprints"); };
  CHECK(fingerprints(before) == fingerprints(after));
  std::set<json> all;
  const auto small = small_sarif();
  for (const auto& result : small.at("results")) all.insert(result.at("partialFingerprints"));
  CHECK(all.size() == small.at("results").size());
}

TEST_CASE("What was not looked at is a notification, and an incomplete run no success") {
  const auto run = small_sarif();
  const auto& invocation = run.at("invocations").at(0);
  CHECK(invocation.at("executionSuccessful") == false);
  std::vector<std::string> told;
  for (const auto& notification : invocation.at("toolExecutionNotifications")) {
    told.push_back(notification.at("descriptor").at("id").get<std::string>() + " " +
                   notification.at("level").get<std::string>());
  }
  CHECK(told == std::vector<std::string>{"dns-failure error", "nxdomain note", "nxdomain note",
                                         "hosted-service note"});
  CHECK(run_with("edges.txt", 1, "a.example", {}).at("invocations").at(0).at("executionSuccessful") == true);
}

TEST_CASE("A host that no file names has no line to point at") {
  for (const char* source : {"argument", "<stdin>"}) {
    const auto location = run_with(source, 1, "a.example", {}).at("results").at(0).at("locations").at(0);
    CHECK_FALSE(location.contains("physicalLocation"));
    CHECK(location.at("logicalLocations").at(0).at("fullyQualifiedName") == "192.0.2.1");
  }
}

TEST_CASE("A file's name becomes a URI whatever is in it") {
  CHECK(file_uri("edges.txt") == "edges.txt");
  CHECK(file_uri("./lists//a/../edges.txt") == "lists/edges.txt");
  CHECK(file_uri("../edges.txt") == "../edges.txt");
  CHECK(file_uri("/srv/edges.txt") == "file:///srv/edges.txt");
  CHECK(file_uri("a b#c?d%e:f.txt") == "a%20b%23c%3Fd%25e%3Af.txt");
  CHECK(file_uri("b\xC3\xBC\x01.txt") == "b%C3%BC%01.txt");
}

TEST_CASE("No text from outside becomes a placeholder or a link of a message") {
  CHECK(sarif_text("{0} [a](b)") == "{{0}} \\[a\\](b)");
  CHECK(sarif_text("\x1b") == "\\x1b");
}
