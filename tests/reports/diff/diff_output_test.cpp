// The diff as it is written: whole outputs, and what must hold of any.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/big_survey.hpp"
#include "reports/diff/changed_survey.hpp"
#include "reports/diff/diff_format.hpp"
#include "reports/diff/explain.hpp"
#include "reports/formats/writers.hpp"
#include "reports/golden.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/open_survey.hpp"
#include "reports/text/terminal.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

std::string text_of_diff(const diff::SurveyDiff& changes, const TableOptions& options = {}) {
  std::ostringstream out;
  diff::write_text(changes, out, options);
  return out.str();
}

std::string markdown_of(const diff::SurveyDiff& changes) {
  std::ostringstream out;
  diff::write_markdown(changes, out);
  return out.str();
}

std::string json_of_diff(const diff::SurveyDiff& changes) {
  std::ostringstream out;
  diff::write_json(changes, out);
  return out.str();
}

// Every host with a name that means harm, and every host worse.
diff::SurveyDiff hostile_diff(std::size_t vantage = 11) {
  std::vector<diff::Snapshot> before;
  std::vector<diff::Snapshot> now;
  for (int i = 0; i < 200; ++i) {
    const auto& name = hostile_names()[static_cast<std::size_t>(i) % hostile_names().size()];
    before.push_back(snapshot("2001:db8:aaaa:bbbb:cccc:dddd:eeee:1" + std::to_string(100 + i),
                              Verdict::closed, {name + std::to_string(i)}));
    now.push_back(snapshot("2001:db8:aaaa:bbbb:cccc:dddd:eeee:2" + std::to_string(100 + i),
                           Verdict::cls_exposed, {name + std::to_string(i)}));
  }
  auto old_survey = survey_of(std::move(before));
  old_survey.run.vantage = hostile_names()[vantage];
  return {std::move(old_survey), survey_of(std::move(now))};
}

void check_no_control(const std::string& text) {
  CHECK(std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == '\x7F';
  }));
  CHECK_THAT(text, !Contains("\xE2\x80\xAE"));  // a right-to-left override
  CHECK_THAT(text, !Contains("\xC2\x85"));      // a C1 control
}

}  // namespace

TEST_CASE("The diff of two surveys is the approved text, wide, narrow and in colour") {
  const auto changes = changed_survey();
  check_golden("diff.txt", text_of_diff(changes));
  check_golden("diff-60.txt", text_of_diff(changes, {.width = 60}));
  check_golden("diff-colour.txt", text_of_diff(changes, {.colour = true}));
}

TEST_CASE("The JSON and the Markdown of a diff are the approved ones, byte for byte") {
  const auto changes = changed_survey();
  check_golden("diff.json", json_of_diff(changes));
  check_golden("diff.md", markdown_of(changes));
}

TEST_CASE("No line of a diff is wider than the terminal") {
  const auto changes = changed_survey();
  const auto hostile = hostile_diff(17);
  for (const std::size_t width : {60U, 61U, 72U, 80U, 120U}) {
    for (const auto* each : {&changes, &hostile}) {
      std::istringstream lines(text_of_diff(*each, {.width = width}));
      for (std::string line; std::getline(lines, line);) {
        INFO(line);
        CHECK(columns(line) <= width);
      }
    }
  }
  CHECK(text_of_diff(changes, {.width = 10}) == text_of_diff(changes, {.width = 60}));
}

TEST_CASE("The most important change stands first, and the count last") {
  const std::string text = text_of_diff(changed_survey());
  CHECK(text.starts_with("6 hosts are worse than before\n"));
  CHECK(text.find("\nnewly-exposed: 3 ") < text.find("\nworse: 1 "));
  CHECK(text.find("\nworse: 1 ") < text.find("\nfixed: 2 "));
  CHECK_THAT(text,
             Catch::Matchers::EndsWith("3 newly-exposed, 1 worse, 1 appeared, 2 not-comparable, 2 gone, 2 "
                                       "better, 2\nfixed, 3 same.\n"));
}

TEST_CASE("Only so many hosts of a change are shown, and the rest are counted") {
  const std::string text = text_of_diff(hostile_diff(), {.max_hosts = 3});
  CHECK_THAT(text, Contains("newly-exposed: 200 (") && Contains("\n  and 197 more: see -o diff.json\n"));
}

TEST_CASE("Names that mean harm do none in any form of a diff") {
  const auto changes = hostile_diff();
  check_no_control(text_of_diff(changes));
  const std::string markdown = markdown_of(changes);
  check_no_control(markdown);
  CHECK_THAT(markdown, !Contains("<script>") && !Contains("&&"));
  CHECK(markdown.size() < 65536);
  const std::string json = json_of_diff(changes);
  check_no_control(json);
  const auto read = nlohmann::json::parse(json);
  CHECK(read["hosts"].size() == 200);
  CHECK(read["old"]["run"]["vantage"].get<std::string>().find("\xE2\x80\xAE") != std::string::npos);
}

TEST_CASE("The JSON of a diff says of every host what the diff does") {
  const auto changes = changed_survey();
  const auto json = nlohmann::json::parse(json_of_diff(changes));
  REQUIRE(json["hosts"].size() == changes.entries().size());
  CHECK(json["summary"]["worse"] == changes.worse());
  for (std::size_t i = 0; i < changes.entries().size(); ++i) {
    const auto& entry = changes.entries()[i];
    const auto& host = json["hosts"][i];
    CHECK(host["address"] == entry.shown().address.to_string());
    CHECK(host["change"] == diff::to_string(entry.change));
    CHECK(host["worse"] == entry.counts_as_worse);
    CHECK(host["old"].is_null() == (entry.before == nullptr));
    CHECK(host["new"].is_null() == (entry.now == nullptr));
  }
}

TEST_CASE("A diff's path names its form by its ending, and others are refused") {
  CHECK(parse_destination(diff::diff_formats(), "a.JSON")->format->ending == ".json");
  CHECK(parse_destination(diff::diff_formats(), "-")->format->ending == ".json");
  CHECK(parse_destination(diff::diff_formats(), "-.md")->is_stdout);
  CHECK_FALSE(parse_destination(diff::diff_formats(), "a.md")->is_stdout);
  std::string why;
  CHECK_FALSE(parse_destination(diff::diff_formats(), "a.csv", &why));
  CHECK_THAT(why, Contains("'a.csv'") && Contains(".json (") && Contains(".md ("));
}

TEST_CASE("A diff is written to the file that was asked for, whole or not at all") {
  const TemporaryFolder folder;
  const auto changes = changed_survey();
  write_to(*parse_destination(diff::diff_formats(), folder / "a.md"), changes);
  CHECK(text_of(folder / "a.md") == markdown_of(changes));
  CHECK_THROWS(write_to(*parse_destination(diff::diff_formats(), folder / "none/a.md"), changes));
  CHECK(folder.files() == 1);
}

TEST_CASE("The diff's schema inside the program is the one that is installed") {
  CHECK(diff_schema() == text_of(EDGESURVEY_SOURCE_DIR "/reports/schema/edgesurvey-diff-1.schema.json"));
}

TEST_CASE("A large survey compared with itself as read back from its journal is the same all over") {
  const TemporaryFolder folder;
  write_big_journal(folder / "run.journal", 1000);
  const auto survey = open_survey(folder / "run.journal");
  const diff::SurveyDiff changes(diff::snapshot_of(*survey), diff::snapshot_of(*survey));
  CHECK(changes.count(diff::Change::same) == 1000);
  CHECK(changes.entries().size() == 1000);
  CHECK_FALSE(diff::findings_fell_silent(changes));
}
