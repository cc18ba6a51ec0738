#include "cli/path_clashes.hpp"

#include <filesystem>

#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

template <typename CommandOptions>
std::string clash_of(const std::vector<std::string>& outputs) {
  CommandOptions options;
  options.output.paths = outputs;
  return path_clash(options).value_or("");
}

void check_refused_by_all(const std::vector<std::string>& outputs, const std::string& why) {
  CHECK_THAT(clash_of<ScanOptions>(outputs), Contains(why));
  CHECK_THAT(clash_of<ReportOptions>(outputs), Contains(why));
  CHECK_THAT(clash_of<DiffOptions>(outputs), Contains(why));
  CHECK_THAT(clash_of<HistoryOptions>(outputs), Contains(why));
  CHECK_THAT(clash_of<RemediateOptions>(outputs), Contains(why));
}

}  // namespace

TEST_CASE("a result over the list it is made from is refused, however the path is spelt") {
  const TemporaryFolder folder;
  write_text(folder / "edges.txt", "a.example\n");
  std::filesystem::create_symlink(folder / "edges.txt", folder / "link.txt");
  ScanOptions options;
  options.target_files = {folder / "edges.txt"};
  for (const char* name : {"edges.txt", "./edges.txt", "link.txt"}) {
    options.output.paths = {folder / name};
    CHECK_THAT(path_clash(options).value_or(""), Contains("cannot be both an input and a result"));
  }
}

TEST_CASE("the journal is neither a result nor an input") {
  const TemporaryFolder folder;
  ScanOptions options;
  options.journal = folder / "run.json";
  options.output.paths = {folder / "run.json"};
  CHECK_THAT(path_clash(options).value_or(""), Contains("the journal and a result"));
  options.output.paths.clear();
  options.exclude_files = {folder / "run.json"};
  CHECK_THAT(path_clash(options).value_or(""), Contains("an input and the journal"));
}

TEST_CASE("the history is neither an input nor a result") {
  const TemporaryFolder folder;
  ScanOptions scan;
  scan.history = folder / "h.json";
  scan.output.paths = {folder / "h.json"};
  CHECK_THAT(path_clash(scan).value_or(""), Contains("the history and a result"));
  scan.output.paths.clear();
  scan.target_files = {folder / "h.json"};
  CHECK_THAT(path_clash(scan).value_or(""), Contains("an input and the history"));
  ReportOptions report;
  report.history = report.result = folder / "h.json";
  CHECK_THAT(path_clash(report).value_or(""), Contains("the result to read and the history"));
  report.result = folder / "r.json";
  report.output.paths = {folder / "h.json"};
  CHECK_THAT(path_clash(report).value_or(""), Contains("the history and a result"));
  report.output.paths = {folder / "r.json"};
  CHECK_FALSE(path_clash(report));
}

TEST_CASE("two results cannot have one file, nor both the standard output") {
  const TemporaryFolder folder;
  check_refused_by_all({folder / "a.json", folder / "x/../a.json"}, "named twice");
  check_refused_by_all({"-", "-.csv"}, "only one result");
  check_refused_by_all({"-.md", "-.ps1"}, "only one result");
}

TEST_CASE("the standard input is read once at most") {
  ScanOptions options;
  options.target_files = {"-"};
  CHECK_FALSE(path_clash(options));
  options.exclude_files = {"-"};
  CHECK_THAT(path_clash(options).value_or(""),
             Contains("only once: it cannot be both -t and --exclude-file"));
  options.exclude_files.clear();
  options.target_files = {"-", "/dev/stdin"};
  CHECK_THAT(path_clash(options).value_or(""), Contains("only once: it cannot be both -t and another -t"));
  options.target_files = {"-"};
  options.baseline = "-";
  CHECK_THAT(path_clash(options).value_or(""), Contains("only once: it cannot be both -t and --baseline"));
  DiffOptions diff;
  diff.before = diff.now = "-";
  CHECK_THAT(path_clash(diff).value_or(""), Contains("only once: it cannot be both OLD and NEW"));
  diff.now = "a.json";
  CHECK_FALSE(path_clash(diff));
}

TEST_CASE("the policy is an input") {
  const TemporaryFolder folder;
  ScanOptions options;
  options.policy.file = folder / "policy.toml";
  options.journal = folder / "policy.toml";
  CHECK_THAT(path_clash(options).value_or(""), Contains("an input and the journal"));
  options = {};
  options.policy.file = "-";
  options.target_files = {"-"};
  CHECK_THAT(path_clash(options).value_or(""), Contains("only once"));
}

TEST_CASE("what loses nothing is allowed") {
  const TemporaryFolder folder;
  write_text(folder / "edges.txt", "a.example\n");
  ScanOptions options;
  options.target_files = {folder / "edges.txt"};
  options.scope_files = {folder / "edges.txt"};
  options.output.paths = {folder / "a.json", folder / "a.csv", "-", "/dev/null"};
  options.journal = "/dev/null";
  CHECK_FALSE(path_clash(options));
}

TEST_CASE("a baseline is neither overwritten by a result nor by a journal, the run's own included") {
  const TemporaryFolder folder;
  ScanOptions options;
  options.baseline = folder / "last.json";
  options.output.paths = {folder / "last.json"};
  CHECK_THAT(path_clash(options).value_or(""), Contains("cannot be both the baseline and a result"));
  options.output.paths = {folder / "now.json"};
  CHECK_FALSE(path_clash(options));
  options.baseline = folder / "now.json.journal";
  CHECK_THAT(path_clash(options).value_or(""), Contains("the baseline and the run's own journal"));
  options.journal = folder / "now.json.journal";
  CHECK_THAT(path_clash(options).value_or(""), Contains("the baseline and the journal"));
}

TEST_CASE("a diff is not written over one of its surveys, which may be one and the same") {
  const TemporaryFolder folder;
  DiffOptions options;
  options.before = folder / "a.json";
  options.now = folder / "a.json";
  CHECK_FALSE(path_clash(options));
  options.output.paths = {folder / "x/../a.json"};
  CHECK_THAT(path_clash(options).value_or(""), Contains("cannot be both a survey and a result"));
}

TEST_CASE("a remediation is written neither over its result nor over itself, however the path is spelt") {
  const TemporaryFolder folder;
  write_text(folder / "r.md", "a result");
  std::filesystem::create_symlink(folder / "r.md", folder / "link.md");
  RemediateOptions options;
  options.result = folder / "r.md";
  for (const char* name : {"r.md", "x/../r.md", "link.md"}) {
    options.output.paths = {folder / name};
    CHECK_THAT(path_clash(options).value_or(""), Contains("cannot be both the result to read and a result"));
  }
  options.output.paths = {folder / "edge.ps1", "-.md", folder / "note.txt"};
  CHECK_FALSE(path_clash(options));
  options.output.paths.push_back(folder / "./note.txt");
  CHECK_THAT(path_clash(options).value_or(""), Contains("named twice"));
}

TEST_CASE("a history is not written over by its own view, however the path is spelt") {
  const TemporaryFolder folder;
  write_text(folder / "h.json", "a history");
  std::filesystem::create_symlink(folder / "h.json", folder / "link.json");
  for (const char* name : {"h.json", "./h.json", "link.json"}) {
    const HistoryOptions options{
        .history = folder / "h.json", .host = {}, .output = {.paths = {folder / name}}};
    CHECK_THAT(path_clash(options).value_or(""), Contains("the history and a result"));
  }
  CHECK_FALSE(
      path_clash(HistoryOptions{.history = folder / "h.json", .host = {}, .output = {.paths = {"-"}}}));
}

TEST_CASE("a report is not written over the policy that judges it") {
  const TemporaryFolder folder;
  write_text(folder / "policy.md", "fail-on = \"closed\"\n");
  ReportOptions options;
  options.result = folder / "r.json";
  options.policy.file = folder / "policy.md";
  options.output.paths = {folder / "policy.md"};
  CHECK_THAT(path_clash(options).value_or(""), Contains("the policy and a result"));
  options.result = options.policy.file = "-";
  options.output.paths.clear();
  CHECK_THAT(path_clash(options).value_or(""), Contains("read only once"));
}
