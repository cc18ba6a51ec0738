#include "cli/path_clashes.hpp"

#include <filesystem>

#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

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

TEST_CASE("two results cannot have one file, nor both the standard output") {
  const TemporaryFolder folder;
  OutputOptions output;
  output.paths = {folder / "a.json", folder / "x/../a.json"};
  CHECK_THAT(path_clash(output).value_or(""), Contains("named twice"));
  output.paths = {"-", "-.csv"};
  CHECK_THAT(path_clash(output).value_or(""), Contains("only one result"));
}

TEST_CASE("the standard input is read once at most") {
  ScanOptions options;
  options.target_files = {"-"};
  CHECK_FALSE(path_clash(options));
  options.exclude_files = {"-"};
  CHECK_THAT(path_clash(options).value_or(""), Contains("only once"));
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
