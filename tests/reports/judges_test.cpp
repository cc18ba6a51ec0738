#include "reports/big_survey.hpp"
#include "reports/format.hpp"
#include "reports/judge.hpp"
#include "reports/small_policy.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/open_survey.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

constexpr std::array endings{".junit.xml", ".nmap.xml", ".sarif", ".md", ".ndjson"};

// Writes the report to FOLDER/NAME + ending.
std::string write(const ReportInput& input, const TemporaryFolder& folder, const std::string& file) {
  write_to(*parse_destination(report_formats(), folder / file), input);
  return folder / file;
}

void check_accepted(const Judged& judged) {
  INFO(judged.said);
  CHECK(judged.status == 0);
}

// Every format from the journal and from the result that was made of it: the same bytes, and good ones.
void check_size(std::size_t hosts) {
  const TemporaryFolder folder;
  write_big_journal(folder / "run.journal", hosts);
  const auto journal = open_survey(folder / "run.journal");
  const auto result = open_survey(write(*journal, folder, "result.json"));
  REQUIRE(result->summary().addresses() == hosts);
  for (const std::string ending : endings) {
    INFO(hosts << " hosts, " << ending);
    write(*journal, folder, "journal" + ending);
    write(*result, folder, "result" + ending);
    CHECK((text_of(folder / ("journal" + ending)) == text_of(folder / ("result" + ending))));
  }
  check_accepted(judge_junit(folder / "result.junit.xml"));
  check_accepted(judge_nmap_xml(folder / "result.nmap.xml"));
  check_accepted(judge_sarif(folder / "result.sarif"));
}

}  // namespace

TEST_CASE("The reports of one host pass their judges") {
  check_size(1);
}

TEST_CASE("The reports of 250 hosts pass their judges, hostile names among them") {
  check_size(250);
}

// 25,000 as it is shipped; a tenth of that where nothing is optimised, which would take minutes.
TEST_CASE("The reports of a very big survey pass their judges, from a journal as from a result", "[heavy]") {
  check_size(EDGESURVEY_MANY_HOSTS);
}

TEST_CASE("The reports of an unfinished run pass their judges") {
  const TemporaryFolder folder;
  const auto survey = small_survey(Ending::unfinished);
  check_accepted(judge_junit(write(*survey, folder, "a.junit.xml")));
  check_accepted(judge_nmap_xml(write(*survey, folder, "a.nmap.xml")));
  check_accepted(judge_sarif(write(*survey, folder, "a.sarif")));
}

TEST_CASE("The reports of a survey that was judged by a policy pass their judges") {
  const TemporaryFolder folder;
  const auto survey = small_survey();
  const ReportInput input(*survey, small_policy());
  check_accepted(judge_junit(write(input, folder, "a.junit.xml")));
  check_accepted(judge_nmap_xml(write(input, folder, "a.nmap.xml")));
  check_accepted(judge_sarif(write(input, folder, "a.sarif")));
}

TEST_CASE("The judges refuse what is wrong") {
  const TemporaryFolder folder;
  const auto survey = small_survey();
  const auto spoil = [&](const std::string& file, const std::string& from, const std::string& to) {
    auto text = text_of(write(*survey, folder, file));
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    write_text(folder / file, text.replace(at, from.size(), to));
    return folder / file;
  };
  CHECK(judge_junit(spoil("a.junit.xml", "<failure message=", "<failure text=")).status != 0);
  CHECK(judge_junit(spoil("b.junit.xml", "\\x1b", "&#27;")).status != 0);
  CHECK(judge_nmap_xml(spoil("a.nmap.xml", " reason_ttl=\"0\"", "")).status != 0);
  CHECK(judge_nmap_xml(spoil("b.nmap.xml", "<hostscript>", "<hostsript>")).status != 0);
  CHECK(judge_sarif(spoil("a.sarif", "\"level\":\"error\"", "\"level\":\"fatal\"")).status != 0);
  CHECK(judge_sarif(spoil("b.sarif", "\"ruleIndex\":0", "\"ruleIndex\":1")).status != 0);
  CHECK(judge_sarif(spoil("c.sarif", "\"startLine\":3", "\"startLine\":0")).status != 0);
}
