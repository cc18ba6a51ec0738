#include <sstream>

#include "reports/formats/writers.hpp"
#include "reports/golden_page.hpp"
#include "reports/html/html_report.hpp"
#include "reports/small_policy.hpp"
#include "reports/small_survey.hpp"
#include "reports/text/terminal.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

template <typename Write>
std::string output_of(Write write) {
  std::ostringstream out;
  write(out);
  return out.str();
}

std::string table_of(const ReportInput& input, const TableOptions& options) {
  return output_of([&](std::ostream& out) { write_table(input, out, options); });
}

}  // namespace

TEST_CASE("The JSON of a survey is the approved one, byte for byte") {
  const auto survey = small_survey();
  check_golden("survey.json", output_of([&](std::ostream& out) { write_json(*survey, out); }));
}

TEST_CASE("The NDJSON of a survey is the approved one, byte for byte") {
  const auto survey = small_survey();
  check_golden("survey.ndjson", output_of([&](std::ostream& out) { write_ndjson(*survey, out); }));
}

TEST_CASE("The CSV of a survey is the approved one, byte for byte") {
  const auto survey = small_survey();
  check_golden("survey.csv", output_of([&](std::ostream& out) { write_csv(*survey, out); }));
}

TEST_CASE("The table of a survey is the approved one, wide, narrow and in colour") {
  const auto survey = small_survey();
  check_golden("survey.txt", table_of(*survey, {}));
  check_golden("survey-60.txt", table_of(*survey, {.width = 60}));
  check_golden("survey-colour.txt", table_of(*survey, {.width = 80, .colour = true}));
}

TEST_CASE("What pipelines read of a survey is the approved text, byte for byte") {
  const auto survey = small_survey();
  check_golden("survey.junit.xml", output_of([&](std::ostream& out) { write_junit(*survey, out); }));
  check_golden("survey.sarif", output_of([&](std::ostream& out) { write_sarif(*survey, out); }));
  check_golden("survey.nmap.xml", output_of([&](std::ostream& out) { write_nmap_xml(*survey, out); }));
  check_golden("survey.md", output_of([&](std::ostream& out) { write_markdown(*survey, out); }));
}

TEST_CASE("The reports of an unfinished run are the approved ones") {
  const auto survey = small_survey(Ending::unfinished);
  check_golden("unfinished.json", output_of([&](std::ostream& out) { write_json(*survey, out); }));
  check_golden("unfinished.csv", output_of([&](std::ostream& out) { write_csv(*survey, out); }));
  check_golden("unfinished.txt", table_of(*survey, {}));
  check_golden("unfinished.junit.xml", output_of([&](std::ostream& out) { write_junit(*survey, out); }));
  check_golden("unfinished.sarif", output_of([&](std::ostream& out) { write_sarif(*survey, out); }));
  check_golden("unfinished.nmap.xml", output_of([&](std::ostream& out) { write_nmap_xml(*survey, out); }));
  check_golden("unfinished.md", output_of([&](std::ostream& out) { write_markdown(*survey, out); }));
}

TEST_CASE("The reports of a survey that was judged by a policy are the approved ones") {
  const auto survey = small_survey();
  const ReportInput input(*survey, small_policy());
  check_golden("judged.json", output_of([&](std::ostream& out) { write_json(input, out); }));
  check_golden("judged.ndjson", output_of([&](std::ostream& out) { write_ndjson(input, out); }));
  check_golden("judged.csv", output_of([&](std::ostream& out) { write_csv(input, out); }));
  check_golden("judged.nmap.xml", output_of([&](std::ostream& out) { write_nmap_xml(input, out); }));
  check_golden("judged.txt", table_of(input, {}));
  check_golden("judged-colour.txt", table_of(input, {.width = 60, .colour = true}));
  check_golden("judged.junit.xml", output_of([&](std::ostream& out) { write_junit(input, out); }));
  check_golden("judged.sarif", output_of([&](std::ostream& out) { write_sarif(input, out); }));
  check_golden("judged.md", output_of([&](std::ostream& out) { write_markdown(input, out); }));
  check_golden_page("judged.html", output_of([&](std::ostream& out) { write_html(input, out); }));
}
