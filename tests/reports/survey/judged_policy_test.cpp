#include "reports/survey/judged_policy.hpp"

#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/files/report_error.hpp"
#include "reports/format.hpp"
#include "reports/formats/writers.hpp"
#include "reports/small_policy.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/journal.hpp"
#include "reports/survey/open_survey.hpp"
#include "reports/temporary_folder.hpp"
#include "reports/text/policy_text.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

Outcome outcome(const ReportInput& input, std::string_view host) {
  REQUIRE(input.policy != nullptr);
  return input.policy->of(address(host)).outcome;
}

// The small survey and what a policy says of it.
struct JudgedSurvey {
  explicit JudgedSurvey(Policy policy) : survey(small_survey()), input(*survey, std::move(policy)) {}

  std::unique_ptr<SurveySource> survey;
  ReportInput input;
};

std::string json_of(const ReportInput& input) {
  std::ostringstream out;
  write_json(input, out);
  return out.str();
}

std::unique_ptr<SurveySource> open_text(const std::string& text) {
  const TemporaryFolder folder;
  write_text(folder / "result.json", text);
  return open_survey(folder / "result.json");
}

// Every format there is, one after the other.
std::string reports_of(const ReportInput& input) {
  std::ostringstream out;
  for (const char* path :
       {"-.json", "-.csv", "-.ndjson", "-.html", "-.md", "-.junit.xml", "-.sarif", "-.nmap.xml", "-.txt"})
    parse_destination(report_formats(), path)->format->write(input, out);
  return out.str();
}

std::string waiver_for(const std::string& whom) {
  return "[[waiver]]\n" + whom +
         "\nverdict = \"cls-exposed\"\nowner = \"o\"\nreason = \"r\"\nexpires = 2015-04-01\n";
}

}  // namespace

TEST_CASE("Every host of a survey is measured by the policy") {
  const JudgedSurvey judged(small_policy());
  CHECK(outcome(judged.input, "192.0.2.10") == Outcome::broken);
  CHECK(outcome(judged.input, "2001:db8:aaaa:bbbb:cccc:dddd:eeee:10") == Outcome::waived);
  CHECK(outcome(judged.input, "192.0.2.15") == Outcome::undecided);
  for (const char* kept : {"192.0.2.9", "192.0.2.12", "2001:db8::10"})
    CHECK(outcome(judged.input, kept) == Outcome::kept);
  const auto& policy = *judged.input.policy;
  CHECK(policy.count(Outcome::broken) == 1);
  CHECK(policy.count(Outcome::waived) == 1);
  CHECK(policy.count(Outcome::undecided) == 1);
  CHECK(policy.count(Outcome::kept) == 3);
}

TEST_CASE("A survey that nobody gave a policy for has none") {
  CHECK(ReportInput(*small_survey()).policy == nullptr);
  CHECK(json_of(*small_survey()).find("\"policy\"") == std::string::npos);
}

TEST_CASE("An address is judged with the names and tags of every target that leads to it") {
  // 192.0.2.10 is led to by sip.contoso.example, which has the tags, by a block, and by another name.
  const std::string expect_closed = "[[expect]]\nverdict = \"cls-exposed\"\nreason = \"a canary\"\n";
  CHECK(outcome(JudgedSurvey(policy_of(expect_closed + "tag = \"org=Contoso\"")).input, "192.0.2.10") ==
        Outcome::kept);
  CHECK(outcome(JudgedSurvey(policy_of(expect_closed + "tag = 'org==HYPERLINK(\"http://x\")'")).input,
                "192.0.2.10") == Outcome::kept);
  CHECK(outcome(JudgedSurvey(policy_of(expect_closed + "name = \"sip.contoso.example\"")).input,
                "192.0.2.10") == Outcome::kept);
  CHECK(outcome(JudgedSurvey(policy_of(expect_closed + "tag = \"org=Fabrikam\"")).input, "192.0.2.10") ==
        Outcome::broken);
}

TEST_CASE("The reasons for a decision are told with their place") {
  const JudgedSurvey judged(small_policy());
  const auto told = [&](std::string_view host) {
    return why(judged.input.policy->policy(), judged.input.policy->of(address(host)));
  };
  CHECK(told("192.0.2.10") == "expected closed by policy.toml:2");
  CHECK_THAT(
      told("2001:db8:aaaa:bbbb:cccc:dddd:eeee:10"),
      Catch::Matchers::StartsWith(
          "waived until 2015-06-30 by =edge-team <edge@contoso.example>: Replaced under CHG0042, see "));
  CHECK_THAT(told("192.0.2.12"),
             Catch::Matchers::StartsWith("as expected by policy.toml:6: OCS 2007 partners"));
  CHECK(told("192.0.2.9").empty());
  const JudgedSurvey plain(policy_of("fail-on = \"closed\""));
  CHECK(why(plain.input.policy->policy(), plain.input.policy->of(address("192.0.2.9"))) ==
        "fails the run by policy.toml");
}

TEST_CASE("Entries without use are told: about nobody, or no longer needed") {
  const JudgedSurvey judged(small_policy());
  CHECK(
      judged.input.policy->notes() ==
      std::vector<std::string>{
          "policy.toml:11: this expectation matches no host that was judged: name 'nobody.example', "
          "'*.nobody.example', 'no.example' and 2 more",
          "policy.toml:23: this waiver is no longer needed, what it waives was not found: block '192.0.2.9'",
          "policy.toml:37: this waiver matches no host that was judged: block '203.0.113.0/24'"});
}

TEST_CASE("A waiver is needed as long as one of its hosts needs it or could not be told") {
  const auto notes = [](const std::string& toml) {
    return JudgedSurvey(policy_of(toml)).input.policy->notes();
  };
  CHECK(notes(waiver_for("block = \"192.0.2.0/24\"")).empty());
  CHECK(notes(waiver_for("block = [\"192.0.2.9\", \"192.0.2.15\"]")).empty());
  CHECK(notes(waiver_for("block = \"192.0.2.9\"")).size() == 1);
  // A worse finding than the waived one does not need it either: it breaks the policy all the same.
  const std::string other =
      "verdict = \"media-range-open\"\nowner = \"o\"\nreason = \"r\"\nexpires = 2015-04-01\n";
  CHECK(notes("[[waiver]]\nblock = \"192.0.2.10\"\n" + other).size() == 1);
}

TEST_CASE("The policy of a run is in its journal and its result, and their reports tell it alike") {
  for (const auto ending : {Ending::finished, Ending::unfinished}) {
    const TemporaryFolder folder;
    const auto policy = small_policy();
    write_small_journal(folder / "run.journal", ending, &policy);
    const auto journal = open_survey(folder / "run.journal");
    CHECK(outcome(*journal, "192.0.2.10") == Outcome::broken);
    const auto result = open_text(json_of(*journal));
    CHECK(reports_of(*result) == reports_of(*journal));
  }
}

TEST_CASE("A result is judged anew by another policy, and tells nothing of the first") {
  const auto first = json_of(JudgedSurvey(small_policy()).input);
  const auto again = open_text(first);
  const ReportInput input(*again, policy_of(""));
  CHECK(outcome(input, "192.0.2.12") == Outcome::broken);
  CHECK(json_of(input) == json_of(JudgedSurvey(policy_of("")).input));
}

TEST_CASE("What is unexpected in a recorded policy is named by its path") {
  const auto complaint_about = [](const std::string& pointer, const nlohmann::json& value) {
    auto json = nlohmann::ordered_json::parse(json_of(JudgedSurvey(small_policy()).input));
    json[nlohmann::ordered_json::json_pointer(pointer)] = value;
    try {
      open_text(json.dump());
    } catch (const ReadError& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  CHECK_THAT(complaint_about("/policy/judged_on", "yesterday"),
             Contains("policy.judged_on: 'yesterday' is not a day"));
  CHECK_THAT(complaint_about("/policy/waivers/0/expires", "2015-02-29"),
             Contains("policy.waivers[0].expires: "));
  CHECK_THAT(complaint_about("/policy/expect/0/verdict/0", "fine"),
             Contains("policy.expect[0].verdict[0]: 'fine'"));
  CHECK_THAT(complaint_about("/policy/expect/1/block/0", "a.example"),
             Contains("policy.expect[1].block[0]: "));
  CHECK_THAT(complaint_about("/policy/expect/0", nlohmann::json::object()),
             Contains("policy.expect[0]: has no"));
  CHECK_THAT(complaint_about("/policy", 3), Contains("policy: must be an object"));
}
