#include "reports/format.hpp"

#include "reports/formats/writers.hpp"
#include "reports/small_survey.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

TEST_CASE("A path's ending names its format, in either case") {
  CHECK(parse_destination(report_formats(), "out/result.json")->format->ending == ".json");
  CHECK(parse_destination(report_formats(), "RESULT.CSV")->format->ending == ".csv");
  CHECK(parse_destination(report_formats(), "a.b.ndjson")->format->ending == ".ndjson");
  CHECK(parse_destination(report_formats(), "summary.txt")->format->ending == ".txt");
  CHECK_FALSE(parse_destination(report_formats(), "summary.txt")->is_stdout);
}

TEST_CASE("A hyphen is the standard output, as JSON or as the ending says") {
  CHECK(parse_destination(report_formats(), "-")->is_stdout);
  CHECK(parse_destination(report_formats(), "-")->format->ending == ".json");
  CHECK(parse_destination(report_formats(), "-.csv")->is_stdout);
  CHECK(parse_destination(report_formats(), "-.csv")->format->ending == ".csv");
  CHECK_FALSE(parse_destination(report_formats(), "a-.csv")->is_stdout);
}

TEST_CASE("An ending that is not known is refused, and the known ones are listed") {
  std::string why;
  CHECK_FALSE(parse_destination(report_formats(), "report\x1b.docx", &why));
  CHECK(why.starts_with("'report\\x1b.docx' does not end in a known format: .json ("));
  for (const char* ending : {".json", ".csv", ".ndjson", ".jsonl", ".txt"}) {
    CHECK(why.find(ending) != std::string::npos);
  }
  CHECK_FALSE(parse_destination(report_formats(), ""));
  CHECK_FALSE(parse_destination(report_formats(), "json"));
}

TEST_CASE("A report is written to the file that was asked for") {
  const TemporaryFolder folder;
  write_to(*parse_destination(report_formats(), folder / "a.csv"), ReportInput(*small_survey()));
  CHECK(text_of(folder / "a.csv").starts_with("target,address,verdict,"));
}

TEST_CASE("The schema inside the program is the one that is installed") {
  CHECK(result_schema() == text_of(EDGESURVEY_SOURCE_DIR "/reports/schema/edgesurvey-1.schema.json"));
}
