#include "cli/survey/inputs.hpp"

#include <istream>
#include <sstream>

#include "cli/captured_output.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

constexpr Day today{std::chrono::year{2026} / 1 / 31};

ScanOptions files(std::vector<std::string> paths) {
  ScanOptions options;
  options.target_files = std::move(paths);
  options.max_targets = 1000;
  return options;
}

// What is said about inputs that must be refused.
std::string refusal_of(const ScanOptions& options) {
  const CapturedOutput captured;
  CHECK_FALSE(read_inputs(options, today).has_value());
  CHECK(captured.out().empty());
  return captured.err();
}

class StandardInput {
 public:
  explicit StandardInput(const std::string& text) : text_(text), before_(std::cin.rdbuf(text_.rdbuf())) {
    std::cin.clear();
  }
  ~StandardInput() {
    std::cin.rdbuf(before_);
    std::cin.clear();
  }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;

 private:
  std::istringstream text_;
  std::streambuf* before_;
};

}  // namespace

TEST_CASE("arguments come first, then files in their order") {
  const TemporaryFolder folder;
  write_text(folder / "a.txt", "a.example org=Contoso\n");
  write_text(folder / "b.txt", "192.0.2.0/30\n");
  ScanOptions options = files({folder / "b.txt", folder / "a.txt"});
  options.targets = {"first.example"};
  const auto inputs = read_inputs(options, today);
  REQUIRE(inputs);
  REQUIRE(inputs->targets.size() == 3);
  CHECK(inputs->targets[0].text == "first.example");
  CHECK(inputs->targets[1].text == "192.0.2.0/30");
  CHECK(inputs->targets[2].origin.source == folder / "a.txt");
}

TEST_CASE("a dash is the standard input") {
  const StandardInput input("a.example\nb.example\n");
  const auto inputs = read_inputs(files({"-"}), today);
  REQUIRE(inputs);
  REQUIRE(inputs->targets.size() == 2);
  CHECK(inputs->targets[1].origin.source == "<stdin>");
}

TEST_CASE("every bad line of every input is shown, and nothing is scanned") {
  const TemporaryFolder folder;
  write_text(folder / "edges.txt", "good.example\nbad_.exa mple\n224.0.0.1\n");
  write_text(folder / "scope.txt", "10.0.0.0/33\n");
  ScanOptions options = files({folder / "edges.txt"});
  options.targets = {"300.1.2.3"};
  options.scope_files = {folder / "scope.txt"};
  options.exclude = {"also bad"};
  const std::string said = refusal_of(options);
  CHECK_THAT(said, Contains(folder / "edges.txt" + ":2:"));
  CHECK_THAT(said, Contains(folder / "edges.txt" + ":3:"));
  CHECK_THAT(said, Contains(folder / "scope.txt" + ":1:"));
  CHECK_THAT(said, Contains("--exclude"));
  CHECK_THAT(said, Contains("300.1.2.3"));
  CHECK_THAT(said, Contains("nothing was probed"));
}

TEST_CASE("a file that cannot be read is named with the reason") {
  const TemporaryFolder folder;
  CHECK_THAT(refusal_of(files({folder / "none.txt"})), Contains(folder / "none.txt" + ": No such file"));
  CHECK_THAT(refusal_of(files({folder.path()})), Contains("Is a directory"));
  ScanOptions options = files({});
  options.targets = {"a.example"};
  options.scope_files = {folder / "scope.txt"};
  CHECK_THAT(refusal_of(options), Contains("scope.txt: No such file"));
}

TEST_CASE("a list without a target is a mistake") {
  const TemporaryFolder folder;
  write_text(folder / "edges.txt", "# nobody\n\n");
  CHECK_THAT(refusal_of(files({folder / "edges.txt"})), Contains("the list is empty"));
}

TEST_CASE("a list that expands beyond --max-targets is refused with both numbers") {
  ScanOptions options = files({});
  options.targets = {"192.0.2.0/24"};
  options.max_targets = 255;
  CHECK_THAT(refusal_of(options), Contains("256 addresses") && Contains("255") && Contains("--max-targets"));
  options.max_targets = 256;
  CHECK(read_inputs(options, today).has_value());
}

TEST_CASE("scope and exclusions hold once they are read") {
  const TemporaryFolder folder;
  write_text(folder / "scope.txt", "192.0.2.0/24\n");
  write_text(folder / "not.txt", "192.0.2.7\n");
  ScanOptions options = files({});
  options.targets = {"192.0.2.1"};
  options.scope_files = {folder / "scope.txt"};
  options.exclude_files = {folder / "not.txt"};
  options.exclude = {"192.0.2.8"};
  const auto inputs = read_inputs(options, today);
  REQUIRE(inputs);
  const auto refused = [&](const char* text) {
    return inputs->scope.refuse_address(Address::parse(text).value(), nullptr);
  };
  CHECK_FALSE(refused("192.0.2.1"));
  CHECK(refused("192.0.2.7") == SkipReason::excluded);
  CHECK(refused("192.0.2.8") == SkipReason::excluded);
  CHECK(refused("192.0.3.1") == SkipReason::out_of_scope);
}

TEST_CASE(
    "a scope of names alone is a mistake where there is a name to probe, with its place and what to write") {
  const TemporaryFolder folder;
  write_text(folder / "scope.txt", "# ours\n*.example\n");
  ScanOptions options = files({});
  options.targets = {"192.0.2.1", "a.example"};
  options.scope_files = {folder / "scope.txt"};
  const std::string said = refusal_of(options);
  CHECK_THAT(said, Contains(folder / "scope.txt" + ":2:1: a scope of names alone"));
  CHECK_THAT(said, Contains("nothing was probed"));

  write_text(folder / "blocks.txt", "192.0.2.0/24\n");
  options.scope_files = {folder / "scope.txt", folder / "blocks.txt"};
  CHECK(read_inputs(options, today).has_value());
  options.scope_files = {folder / "scope.txt"};
  options.targets = {"192.0.2.1"};
  const auto inputs = read_inputs(options, today);
  REQUIRE(inputs);
  CHECK(inputs->scope.refuse_address(Address::parse("192.0.2.1").value(), nullptr) ==
        SkipReason::out_of_scope);
}

TEST_CASE("a policy is read with the other inputs, and its mistakes are shown with theirs") {
  const TemporaryFolder folder;
  write_text(folder / "edges.txt", "good.example\nbad_.exa mple\n");
  write_text(folder / "policy.toml", "[[waiver]]\nname = \"a.example\"\nexpires = 2026-01-30\n");
  ScanOptions options = files({folder / "edges.txt"});
  options.policy.file = folder / "policy.toml";
  const std::string said = refusal_of(options);
  CHECK_THAT(said, Contains(folder / "edges.txt" + ":2:"));
  CHECK_THAT(said, Contains(folder / "policy.toml" + ":1:1: a [[waiver]] needs 'owner'"));
  CHECK_THAT(said, Contains(folder / "policy.toml" + ":3:11: the waiver expired"));
  CHECK_THAT(said, Contains("nothing was probed"));
  options.policy.file = folder / "none.toml";
  CHECK_THAT(refusal_of(options), Contains("none.toml: No such file"));
}

TEST_CASE("fail-on is a policy without entries, and without either there is none") {
  ScanOptions options = files({});
  options.targets = {"a.example"};
  options.max_targets = 1;
  CHECK_FALSE(read_inputs(options, today)->policy);
  options.policy.fail_on = {Verdict::closed};
  const auto inputs = read_inputs(options, today);
  REQUIRE(inputs->policy);
  CHECK(inputs->policy->source == "--fail-on");
  CHECK(inputs->policy->fail_on == std::vector{Verdict::closed});
  CHECK(inputs->policy->judged_on == today);
}
