#include "cli/outputs.hpp"

#include <filesystem>

#include "captured_output.hpp"
#include "cli/console.hpp"
#include "reports/journal.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

Outputs outputs_to(std::vector<std::string> paths, bool quiet = false) {
  const auto outputs = Outputs::parse({.paths = std::move(paths), .quiet = quiet});
  REQUIRE(outputs);
  return *outputs;
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
  const CapturedOutput captured;
  CHECK_FALSE(Outputs::parse({.paths = {"a.doc"}}));
  CHECK_THAT(captured.err(), Contains("'a.doc'") && Contains(".json") && Contains(".csv"));
}

TEST_CASE("one file named twice is refused") {
  const CapturedOutput captured;
  CHECK_FALSE(Outputs::parse({.paths = {"a.json", "./a.json"}}));
  CHECK_THAT(captured.err(), Contains("named twice"));
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
  CHECK(outputs_to({folder / "a.json"}).write(EmptySurvey().source()));
  CHECK_THAT(captured.out(), Contains("No address was judged"));
  CHECK_THAT(captured.err(), Contains("edgesurvey: wrote " + (folder / "a.json")));
  CHECK_THAT(text_of(folder / "a.json"), Contains("\"schema\""));
}

TEST_CASE("quiet with a file says nothing at all, without one it still gives the summary") {
  const TemporaryFolder folder;
  {
    const CapturedOutput captured;
    set_up_logging(true, false, nullptr);
    CHECK(outputs_to({folder / "a.json"}, true).write(EmptySurvey().source()));
    CHECK((captured.out() + captured.err()).empty());
  }
  const CapturedOutput captured;
  CHECK(outputs_to({}, true).write(EmptySurvey().source()));
  CHECK_FALSE(captured.out().empty());
}

TEST_CASE("a result that cannot be written does not keep the others from being written") {
  const TemporaryFolder folder;
  const CapturedOutput captured;
  set_up_logging(false, false, nullptr);
  CHECK_FALSE(outputs_to({folder / "none/a.json", folder / "b.csv"}).write(EmptySurvey().source()));
  CHECK_THAT(captured.err(), Contains("could not write") && Contains("none/a.json"));
  CHECK(std::filesystem::exists(folder / "b.csv"));
}

TEST_CASE("a closed standard output is a result not written, and the files still are") {
  const TemporaryFolder folder;
  const CapturedOutput captured;
  set_up_logging(false, false, nullptr);
  std::cout.setstate(std::ios::badbit);  // what a write to a closed pipe leaves behind
  const bool written = outputs_to({folder / "b.csv"}).write(EmptySurvey().source());
  std::cout.clear();
  CHECK_FALSE(written);
  CHECK(std::filesystem::exists(folder / "b.csv"));
}
