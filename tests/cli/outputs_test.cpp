#include "cli/outputs.hpp"

#include <filesystem>

#include "cli/captured_output.hpp"
#include "cli/history_keeping.hpp"
#include "cli/terminal/console.hpp"
#include "reports/format.hpp"
#include "reports/survey/journal.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

using ReportOutputs = Outputs<ReportInput>;

ReportOutputs outputs_to(std::vector<std::string> paths, bool quiet = false) {
  return {{.paths = std::move(paths), .quiet = quiet}, report_formats()};
}

// The summary and the files.
bool write(const ReportOutputs& outputs, SurveySource&& survey) {
  return write_and_keep(outputs, survey, "");
}

// A survey in which nothing was found.
class EmptySurvey {
 public:
  EmptySurvey() : journal_(JournalWriter::temporary({})) { journal_.finish({}); }
  JournalSource source() const { return JournalSource(journal_); }

 private:
  JournalWriter journal_;
};

}  // namespace

TEST_CASE("an ending that names no format is refused, with those there are") {
  CHECK_THROWS_WITH(outputs_to({"a.json", "a.doc"}),
                    Contains("-o a.doc: 'a.doc'") && Contains(".json") && Contains(".csv"));
}

TEST_CASE("every folder that takes no file is found before anything is probed, and nothing is left behind") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "b.json");
  const CapturedOutput captured;
  set_up_logging(false, false, nullptr);
  CHECK_FALSE(outputs_to({folder / "none/a.json", folder / "b.json", folder / "c.json"}).writable());
  CHECK_THAT(captured.err(), Contains("none/a.json") && Contains("b.json") && !Contains("c.json"));
  CHECK(outputs_to({folder / "c.json", "-"}).writable());
  CHECK(folder.files() == 1);
}

TEST_CASE("the journal lies beside the first regular file") {
  const TemporaryFolder folder;
  CHECK(outputs_to({"-", folder / "a.csv", folder / "b.json"}).first_file() == folder / "a.csv");
  CHECK(outputs_to({"-"}).first_file().empty());
  CHECK(outputs_to({}).first_file().empty());
}

TEST_CASE("the summary goes to stdout, and the files are told on stderr") {
  const TemporaryFolder folder;
  const CapturedOutput captured;
  set_up_logging(false, false, nullptr);
  CHECK(write(outputs_to({folder / "a.json"}), EmptySurvey().source()));
  CHECK_THAT(captured.out(), Contains("No address was judged"));
  CHECK_THAT(captured.err(), Contains("edgesurvey: wrote " + (folder / "a.json")));
  CHECK_THAT(text_of(folder / "a.json"), Contains("\"schema\""));
}

TEST_CASE("quiet with a file says nothing at all, without one it still gives the summary") {
  const TemporaryFolder folder;
  {
    const CapturedOutput captured;
    set_up_logging(true, false, nullptr);
    CHECK(write(outputs_to({folder / "a.json"}, true), EmptySurvey().source()));
    CHECK((captured.out() + captured.err()).empty());
  }
  const CapturedOutput captured;
  CHECK(write(outputs_to({}, true), EmptySurvey().source()));
  CHECK_FALSE(captured.out().empty());
}

TEST_CASE("a result that cannot be written does not keep the others from being written") {
  const TemporaryFolder folder;
  const CapturedOutput captured;
  set_up_logging(false, false, nullptr);
  CHECK_FALSE(write(outputs_to({folder / "none/a.json", folder / "b.csv"}), EmptySurvey().source()));
  CHECK_THAT(captured.err(), Contains("could not write") && Contains("none/a.json"));
  CHECK(std::filesystem::exists(folder / "b.csv"));
}

TEST_CASE("a closed standard output is a result not written, and the files still are") {
  const TemporaryFolder folder;
  const CapturedOutput captured;
  set_up_logging(false, false, nullptr);
  std::cout.setstate(std::ios::badbit);  // what a write to a closed pipe leaves behind
  const bool written = write(outputs_to({folder / "b.csv"}), EmptySurvey().source());
  std::cout.clear();
  CHECK_FALSE(written);
  CHECK(std::filesystem::exists(folder / "b.csv"));
}
