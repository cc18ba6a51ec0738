#include "reports/survey/json_source.hpp"

#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/formats/writers.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/open_survey.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

// Every report there is, one after the other.
std::string reports_of(const SurveySource& survey) {
  std::ostringstream out;
  write_json(survey, out);
  write_csv(survey, out);
  write_ndjson(survey, out);
  write_table(survey, out);
  return out.str();
}

std::string small_json() {
  std::ostringstream out;
  write_json(*small_survey(), out);
  return out.str();
}

std::unique_ptr<SurveySource> open_text(std::string_view text) {
  const TemporaryFolder folder;
  write_text(folder / "result.json", text);
  return open_survey(folder / "result.json");
}

std::string complaint_about(std::string_view text) {
  try {
    open_text(text);
  } catch (const ReadError& error) {
    const std::string what = error.what();
    const auto file = what.find("result.json");
    return file == std::string::npos ? what : what.substr(file);
  }
  return "none";
}

std::string complaint_about(const std::string& pointer, const nlohmann::json& value) {
  auto json = nlohmann::ordered_json::parse(small_json());
  json[nlohmann::ordered_json::json_pointer(pointer)] = value;
  return complaint_about(json.dump());
}

}  // namespace

TEST_CASE("Every report made of a result is the one made of its journal") {
  for (const auto ending : {Ending::finished, Ending::unfinished}) {
    const auto from_journal = small_survey(ending);
    std::ostringstream json;
    write_json(*from_journal, json);
    CHECK(reports_of(*open_text(json.str())) == reports_of(*from_journal));
  }
}

TEST_CASE("A result that another program has laid out anew is the same result") {
  const auto json = nlohmann::json::parse(small_json());  // members sorted by name: hosts before schema
  CHECK(reports_of(*open_text(json.dump(2))) == reports_of(*small_survey()));
  CHECK(reports_of(*open_text(json.dump())) == reports_of(*small_survey()));
}

TEST_CASE("What is unexpected in a result is named by its path") {
  CHECK(complaint_about("/hosts/3/verdict", "fine") ==
        "result.json: hosts[3].verdict: 'fine' is not a verdict");
  CHECK(complaint_about("/hosts/0", "x") == "result.json: hosts[0]: must be an object");
  CHECK(complaint_about("/targets/1/skipped", "bored") ==
        "result.json: targets[1].skipped: 'bored' is not a reason to skip");
  CHECK(complaint_about("/schema", "edgesurvey/2") ==
        "result.json: schema: 'edgesurvey/2' is not edgesurvey/1");
  CHECK(complaint_about("/run/seed", -1) == "result.json: run.seed: must be a whole number, zero or more");
  CHECK(
      complaint_about("/run/started", "2015-02-30T00:00:00.000Z").starts_with("result.json: run.started: "));
  CHECK(complaint_about("/hosts/1/address", "192.0.2.10") == "result.json: 192.0.2.10 is there twice");
}

TEST_CASE("A result whose numbers do not add up is refused") {
  CHECK(complaint_about("/summary/probes/planned", 260) ==
        "result.json: summary.probes.planned: is 260, but its parts add up to 259");
  CHECK(complaint_about("/summary/verdicts/closed/count", 3) ==
        "result.json: summary.verdicts.closed.count: is 3, but its parts add up to 2");
}

TEST_CASE("What is no result is refused") {
  CHECK(complaint_about("") == "result.json: is cut off: the file ends at byte 0");
  CHECK(complaint_about("[]").starts_with("result.json: is not JSON: '{' was expected"));
  CHECK(complaint_about("{}") == "result.json: has no 'schema'");
  CHECK(complaint_about("{\"schema\":}").starts_with("result.json: is not JSON: a value was expected"));
  CHECK(complaint_about("{\"hosts\":[{]}").find("is not JSON") != std::string::npos);
  CHECK(complaint_about(small_json() + "x").find("something follows") != std::string::npos);
  CHECK(complaint_about("{\"journal\":").find("is empty") != std::string::npos);
}

TEST_CASE("A result cut off anywhere is refused") {
  const auto json = small_json();
  for (std::size_t size = 0; size + 2 < json.size(); size += 211) {
    CHECK(complaint_about(std::string_view(json).substr(0, size)) != "none");
  }
}

TEST_CASE("What is no regular file is not read") {
  CHECK_THROWS_WITH(open_survey("/nonexistent.json"),
                    "could not read '/nonexistent.json': No such file or directory");
  CHECK_THROWS_WITH(open_survey("/dev/null"), Catch::Contains("no regular file"));
  CHECK_THROWS_WITH(open_survey("/"), Catch::Contains("Is a directory"));
}
