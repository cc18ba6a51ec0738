#include <filesystem>

#include "cli/captured_output.hpp"
#include "cli/commands.hpp"
#include "reports/format.hpp"
#include "reports/survey/journal.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

// A journal with one host of this verdict, and no more known of it.
void write_survey(const std::string& path, VerdictReason reason) {
  RunFacts run;
  run.complete = true;
  JournalWriter journal(path, run);
  const auto address = Address::parse("192.0.2.1").value();
  Target target;
  target.text = "edge.example";
  target.what = HostName::parse("edge.example").value();
  TargetOutcome outcome;
  outcome.addresses = {address};
  journal.target(target, outcome);
  HostReport host;
  host.evidence.address = address;
  host.judgement.reason = reason;
  host.judgement.verdict = verdict_of(reason);
  host.judgement.reasons = {reason};
  journal.host(host);
  journal.finish(run);
}

class TwoSurveys {
 public:
  TwoSurveys(VerdictReason before, VerdictReason now) {
    write_survey(folder_ / "old", before);
    write_survey(folder_ / "new", now);
  }

  int diff(std::vector<std::string> outputs = {}, bool quiet = false) {
    for (auto& path : outputs)
      if (!path.starts_with('-')) path = folder_ / path;
    const CapturedOutput captured;
    const int status = run(DiffOptions{
        .before = folder_ / "old", .now = folder_ / "new", .output = {.paths = outputs, .quiet = quiet}});
    out = captured.out();
    err = captured.err();
    return status;
  }
  const TemporaryFolder& folder() const { return folder_; }

  std::string out;
  std::string err;

 private:
  TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("a diff ends with 1 where something is worse, with 0 where nothing is") {
  CHECK(TwoSurveys(VerdictReason::range_silent, VerdictReason::range_silent).diff() == 0);
  CHECK(TwoSurveys(VerdictReason::cls_ports_open, VerdictReason::range_silent).diff() == 0);
  CHECK(TwoSurveys(VerdictReason::cls_ports_open, VerdictReason::no_answer).diff() == 0);
  CHECK(TwoSurveys(VerdictReason::range_silent, VerdictReason::range_answers).diff() == 1);
  CHECK(TwoSurveys(VerdictReason::range_answers, VerdictReason::some_cls_ports_open).diff() == 1);
  CHECK(TwoSurveys(VerdictReason::no_answer, VerdictReason::range_answers).diff() == 1);
}

TEST_CASE("a diff shows the changes on stdout and writes what was asked for") {
  TwoSurveys surveys(VerdictReason::range_silent, VerdictReason::range_answers);
  CHECK(surveys.diff({"a.json", "a.md"}) == 1);
  CHECK_THAT(surveys.out,
             Contains("\n  192.0.2.1  closed -> media-range-open  range-answers  edge.example\n"));
  CHECK_THAT(text_of(surveys.folder() / "a.json"), Contains("\"edgesurvey-diff/1\""));
  CHECK_THAT(text_of(surveys.folder() / "a.md"), Contains("| `worse` | `192.0.2.1` |"));
  CHECK(surveys.diff({"a.json"}, true) == 1);
  CHECK(surveys.out.empty());
}

TEST_CASE("a survey that cannot be read is named, ends a diff with 2, and nothing is written") {
  TwoSurveys surveys(VerdictReason::range_silent, VerdictReason::range_silent);
  write_text(surveys.folder() / "new", "{\"schema\": \"nmap/7\"}\n");
  CHECK(surveys.diff({"a.json"}) == 2);
  CHECK_THAT(surveys.err, Contains("new: schema: 'nmap/7' is not edgesurvey/1"));
  std::filesystem::remove(surveys.folder() / "old");
  CHECK(surveys.diff({"a.json"}) == 2);
  CHECK_THAT(surveys.err, Contains("No such file or directory"));
  CHECK(surveys.out.empty());
  CHECK_FALSE(std::filesystem::exists(surveys.folder() / "a.json"));
}

TEST_CASE("a diff in a form that there is none of, or over one of its surveys, is refused with 2") {
  TwoSurveys surveys(VerdictReason::range_silent, VerdictReason::range_silent);
  CHECK(surveys.diff({"a.csv"}) == 2);
  CHECK_THAT(surveys.err, Contains(".json (") && Contains(".md ("));
  std::filesystem::create_symlink(surveys.folder() / "old", surveys.folder() / "old.json");
  const auto before = text_of(surveys.folder() / "old");
  CHECK(surveys.diff({"old.json"}) == 2);
  CHECK(text_of(surveys.folder() / "old") == before);
}

TEST_CASE("a diff that cannot be written ends with 4, worse or not, and the others are there") {
  TwoSurveys surveys(VerdictReason::range_silent, VerdictReason::range_answers);
  CHECK(surveys.diff({"none/a.json", "b.md"}) == 4);
  CHECK_THAT(surveys.err, Contains("none/a.json"));
  std::filesystem::create_symlink("/dev/full", surveys.folder() / "full.json");
  CHECK(surveys.diff({"full.json", "b.md"}) == 4);
  CHECK_THAT(text_of(surveys.folder() / "b.md"), Contains("worse"));
}
