#include <filesystem>

#include "cli/captured_output.hpp"
#include "cli/commands.hpp"
#include "reports/survey/journal.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

// A journal of one exposed host.
void write_exposed(const std::string& path,
                   const std::vector<std::string>& arguments = {"scan", "a.example"}) {
  RunFacts run;
  run.arguments = arguments;
  run.complete = true;
  JournalWriter journal(path, run);
  Target target;
  target.text = "a.example";
  target.what = HostName::parse("a.example").value();
  TargetOutcome outcome;
  outcome.addresses = {Address::parse("192.0.2.1").value()};
  journal.target(target, outcome);
  HostReport host;
  host.evidence.address = outcome.addresses.front();
  host.judgement.verdict = Verdict::cls_exposed;
  host.judgement.reason = VerdictReason::cls_ports_open;
  host.judgement.reasons = {host.judgement.reason};
  journal.host(host);
  journal.finish(run);
}

int remediate(const std::string& result, std::vector<std::string> outputs, std::string* err = nullptr) {
  const CapturedOutput captured;
  const int status = run(RemediateOptions{.result = result, .output = {.paths = std::move(outputs)}});
  if (err != nullptr) *err = captured.err();
  return status;
}

}  // namespace

TEST_CASE("the survey that is advised is written over none of the first one's files") {
  const TemporaryFolder folder;
  const auto advised_for = [&](const std::string& result, const std::vector<std::string>& arguments) {
    write_exposed(folder / result, arguments);
    CHECK(remediate(folder / result, {folder / "note.md"}) == 0);
    const auto text = text_of(folder / "note.md");
    const auto start = text.find("edgesurvey scan -o ") + 19;
    return text.substr(start, text.find(' ', start) - start);
  };
  CHECK(advised_for("first.json", {"scan", "a.example"}) == "after.json");
  CHECK(advised_for("after.json", {"scan", "a.example", "-o", "after.json"}) == "after-2.json");
  CHECK(advised_for("after-2.json", {"scan", "-t", "a", "--baseline=after.json"}) == "after-3.json");
}

TEST_CASE("a remediation over its own result, or in a form that there is none of, ends with 2") {
  const TemporaryFolder folder;
  write_exposed(folder / "r.md");
  const auto before = text_of(folder / "r.md");
  std::string err;
  CHECK(remediate(folder / "r.md", {folder / "edge.ps1", folder / "r.md"}, &err) == 2);
  CHECK_THAT(err, Contains("cannot be both the result to read and a result (-o)"));
  CHECK(text_of(folder / "r.md") == before);
  CHECK_FALSE(std::filesystem::exists(folder / "edge.ps1"));
  CHECK(remediate(folder / "r.md", {folder / "edge.bat"}, &err) == 2);
  CHECK_THAT(err, Contains(".ps1 (") && Contains(".txt ("));
}

TEST_CASE("a remediation that cannot be written ends with 4") {
  const TemporaryFolder folder;
  write_exposed(folder / "r");
  std::filesystem::create_symlink("/dev/full", folder / "full.ps1");
  std::string err;
  CHECK(remediate(folder / "r", {folder / "full.ps1", folder / "note.md"}, &err) == 4);
  CHECK_THAT(err, Contains("full.ps1"));
  CHECK_THAT(text_of(folder / "note.md"), Contains("192.0.2.1"));
}
