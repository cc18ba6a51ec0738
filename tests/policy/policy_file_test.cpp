#include "policy/policy_file.hpp"

#include <fstream>
#include <sstream>

#include "policy/policy_maker.hpp"
#include "targets/text/input_lines.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

// A waiver that is right but for this line, which is its fifth.
std::string waiver_with(const std::string& line) {
  return "[[waiver]]\nname = \"old.example\"\nverdict = \"cls-exposed\"\nowner = \"edge-team\"\n" + line +
         "\n";
}

std::string waiver_until(const std::string& day) {
  return waiver_with("reason = \"r\"") + "expires = " + day + "\n";
}

// The only mistake of a policy that has one.
std::string mistake_of(std::string_view toml) {
  const auto mistakes = mistakes_of(toml);
  REQUIRE(mistakes.size() == 1);
  return mistakes.front();
}

}  // namespace

TEST_CASE("A policy without a word fails the run on exposed agents and open ranges") {
  const auto policy = policy_of("# nothing\n");
  CHECK(policy.fail_on == std::vector{Verdict::cls_exposed, Verdict::media_range_open});
  CHECK(policy.expectations.empty());
  CHECK(policy.waivers.empty());
  CHECK(policy.source == "policy.toml");
  CHECK(policy.judged_on == today);
}

TEST_CASE("Everything a policy can say arrives, with the line it stands in") {
  const auto policy = policy_of(R"(
fail-on = "inconclusive"

[[expect]]
tag = ["federation=ocs2007", "nat=dns load balancing"]
verdict = ["closed", "media-range-open"]
reason = """
  Partners   on OCS 2007
  need the range"""

[[expect]]
block = ["192.0.2.0/24", "2001:db8::/32", "198.51.100.10-20"]
verdict = "closed"

[[waiver]]
name = ["old.example", "*.lab.example", "bücher.example"]
verdict = ["cls-exposed", "cls-exposed", "media-range-open"]
owner = "edge-team@contoso.example"
reason = "Replaced under CHG0042"
expires = 2026-03-31
)");
  CHECK(policy.fail_on == std::vector{Verdict::inconclusive});
  REQUIRE(policy.expectations.size() == 2);
  const auto& federation = policy.expectations[0];
  CHECK(federation.hosts.by() == SelectBy::tag);
  CHECK(federation.hosts.texts() == std::vector<std::string>{"federation=ocs2007", "nat=dns load balancing"});
  CHECK(federation.verdicts == std::vector{Verdict::closed, Verdict::media_range_open});
  CHECK(federation.reason == "Partners on OCS 2007 need the range");
  CHECK(federation.line == 4);
  CHECK(policy.expectations[1].hosts.by() == SelectBy::block);
  CHECK(policy.expectations[1].reason.empty());
  CHECK(policy.expectations[1].line == 11);
  REQUIRE(policy.waivers.size() == 1);
  const auto& waiver = policy.waivers[0];
  CHECK(waiver.hosts.texts().size() == 3);
  CHECK(waiver.verdicts == std::vector{Verdict::cls_exposed, Verdict::media_range_open});
  CHECK(waiver.owner == "edge-team@contoso.example");
  CHECK(waiver.reason == "Replaced under CHG0042");
  CHECK(to_string(waiver.expires) == "2026-03-31");
  CHECK(waiver.line == 15);
}

TEST_CASE("Every mistake of a policy is told with its place, in the order of the text") {
  const auto mistakes = mistakes_of(R"(fail-on = ["cls-exposed", "open", 3]
colour = "red"
[[expect]]
tag = "federation"
verdict = []
[[expect]]
  name = ["é..x", "192.0.2.1"]
  block = "10.0.0.0/8"
  verdict = ["closed", "media-range-open"]
[[expect]]
block = ["198.51.100.0/99", "a.example", "*.b.example"]
verdict = "cls-exposed"
reason = 3
[[waiver]]
tag = "a=b"
[[waiver]]
block = "192.0.2.1"
verdict = "cls-exposed"
owner = "  "
reason = "a\u0007b"
expires = "2026-03-31"
)");
  const std::vector<std::string> expected{
      "1:27: 'open' is not a verdict: write cls-exposed, media-range-open, inconclusive or closed",
      "1:35: 'fail-on' takes a text or an array of texts: write fail-on = \"...\" or [\"...\", \"...\"]",
      "2:1: a policy has no 'colour': there are fail-on, expect and waiver",
      "4:7: 'federation' is no tag: write key=value as in the target list",
      "5:11: 'verdict' is empty",
      "6:1: an [[expect]] needs 'reason': write reason = \"...\": why may the outside reach these hosts?",
      "7:11: 'é..x' is not a host name: it has an empty label (two dots, or one at the start)",
      "7:20: '192.0.2.1' is no name: write it after block =",
      "8:11: one of name, block and tag is enough: write two entries",
      "11:10: '99' is not a prefix length for '198.51.100.0': write a number from 0 to 32",
      "11:29: 'a.example' is no address, block or range: write it after name =",
      "11:42: '*.b.example' is no address, block or range: write it after name =",
      "13:10: 'reason' must be a text: write reason = \"...\"",
      "14:1: a [[waiver]] needs one of name and block: whom is it about?",
      "14:1: a [[waiver]] needs 'verdict': write verdict = \"...\", the one that is waived",
      "14:1: a [[waiver]] needs 'owner': write owner = \"...\": who answers for it?",
      "14:1: a [[waiver]] needs 'reason': write reason = \"...\": why may it stay so?",
      "14:1: a [[waiver]] needs 'expires': write expires = 2026-05-01, or another day within 400 days",
      "15:1: a [[waiver]] has no 'tag': there are name, block, verdict, owner, reason and expires",
      "19:9: 'owner' is empty",
      "20:10: 'reason' has a control character (\\x07)",
      "21:11: 'expires' must be a day: write expires = YYYY-MM-DD, without quotes and without a time"};
  REQUIRE(mistakes.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(mistakes[i] == "policy.toml:" + expected[i]);
}

TEST_CASE("A waiver without a reason or an owner is a mistake at its line") {
  CHECK_THAT(mistake_of(waiver_with("expires = 2026-03-31")),
             StartsWith("policy.toml:1:1: a [[waiver]] needs 'reason'"));
  CHECK_THAT(mistake_of(waiver_with("reason = \"\"\nexpires = 2026-03-31")),
             StartsWith("policy.toml:5:10: 'reason' is empty"));
}

TEST_CASE("A waiver holds through its last day and is a mistake on the next") {
  CHECK(policy_of(waiver_until("2026-01-31")).waivers.front().expires == today);
  CHECK(mistake_of(waiver_until("2026-01-30")) ==
        "policy.toml:6:11: the waiver expired: 2026-01-30 was its last day; mend the host, or decide again");
}

TEST_CASE("A waiver may run for 400 days and not for 401") {
  CHECK(policy_of(waiver_until("2027-03-07")).waivers.front().expires == today + std::chrono::days{400});
  CHECK(mistake_of(waiver_until("2027-03-08")) ==
        "policy.toml:6:11: the waiver runs for more than 400 days: write 2027-03-07 or sooner");
  CHECK_THAT(mistake_of(waiver_until("9999-12-31")), Contains("more than 400 days"));
}

TEST_CASE("A day is written without quotes and time, and exists") {
  for (const char* wrong : {"\"2026-03-31\"", "2026-03-31T12:00:00Z", "12:00:00", "20260331", "true"})
    CHECK_THAT(mistake_of(waiver_until(wrong)), StartsWith("policy.toml:6:11: 'expires' must be a day"));
  CHECK_THAT(mistake_of(waiver_until("2026-02-29")), StartsWith("policy.toml:6:") && Contains("not TOML"));
}

TEST_CASE("What is no TOML is told once, with its place in bytes") {
  CHECK_THAT(mistake_of("a = ["), StartsWith("policy.toml:1:6: not TOML: "));
  CHECK_THAT(mistake_of("fail-on = \"closed\"\n\"é\" = \"é\", b"),
             StartsWith("policy.toml:2:12: not TOML: "));
  CHECK_THAT(mistake_of("\xFF\xFE"), StartsWith("policy.toml:1:1: not TOML: "));
  CHECK_THAT(mistake_of("a = \"\xE2\x80\xAE\" x\xE2\x80\xAE"), !Contains("\xE2\x80\xAE"));
  CHECK_THAT(mistake_of(std::string(max_policy_bytes + 1, '#')), Contains("larger than 1 MiB"));
}

TEST_CASE("A key of endless parts is refused before it overflows the parser's stack") {
  std::string parts;
  for (int i = 0; i < 40'000; ++i) parts += "a.";
  CHECK_THAT(mistake_of("fail-on = \"closed\"\n" + parts + "a = 1"),
             StartsWith("policy.toml:2:1: a key of more"));
  CHECK_THAT(mistake_of("[" + parts + "a]"), StartsWith("policy.toml:1:2: a key of more"));
  CHECK_THAT(mistake_of("x = {" + parts + "a = 1}"), Contains("a key of more than 256 parts"));
  CHECK_THAT(mistake_of("\"\\\"\"." + parts + "a = 1"), Contains("a key of more than 256 parts"));
  const std::string dots(300, '.');
  CHECK(policy_of("[[expect]]\nname = \"a.example\"\nverdict = \"media-range-open\"\nreason = \"" + dots +
                  "\"\n")
            .expectations.size() == 1);
}

TEST_CASE("A byte-order mark and DOS line ends do no harm") {
  CHECK(policy_of("\xEF\xBB\xBF[[expect]]\r\nname = \"a.example\"\r\nverdict = \"closed\"\r\n")
            .expectations.size() == 1);
}

TEST_CASE("Entries are written with two brackets") {
  CHECK(mistake_of("[expect]\nname = \"a\"\nverdict = \"closed\"\n") ==
        "policy.toml:1:1: 'expect' is a list of tables: write [[expect]] before each");
  CHECK(mistake_of("waiver = [1]\n") ==
        "policy.toml:1:11: 'waiver' holds tables alone: write [[waiver]] before each");
}

TEST_CASE("Hostile text in a policy is shown escaped, and a flood of mistakes has an end") {
  CHECK_THAT(mistake_of("\"\\u001b[31m\\u202e\" = 1"), Contains("'\\x1b[31m\\u{202e}'"));
  std::string flood;
  for (int i = 0; i < 3000; ++i) flood += "a" + std::to_string(i) + " = 1\n";
  const auto mistakes = mistakes_of(flood);
  CHECK(mistakes.size() == max_input_errors + 1);
  CHECK_THAT(mistakes.back(), Contains("too many errors"));
}

TEST_CASE("Owners and reasons are bounded") {
  const auto reason = [](std::size_t bytes) {
    return waiver_with("reason = \"" + std::string(bytes, 'x') + "\"") + "expires = 2026-03-31\n";
  };
  CHECK(policy_of(reason(max_reason_bytes)).waivers.size() == 1);
  CHECK_THAT(mistake_of(reason(max_reason_bytes + 1)), Contains("'reason' is longer than 1000 bytes"));
}

TEST_CASE("The policy of the README is one") {
  std::ifstream file(EDGESURVEY_SOURCE_DIR "/README.md");
  std::stringstream readme;
  readme << file.rdbuf();
  const std::string text = readme.str();
  const auto begin = text.find("    cat > policy.toml <<END\n");
  const auto end = text.find("    END\n", begin);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  std::string policy = text.substr(text.find('\n', begin) + 1, end - text.find('\n', begin) - 1);
  const std::string date = "$(date -d '+90 days' +%F)";  // the shell's part
  REQUIRE(policy.find(date) != std::string::npos);
  policy.replace(policy.find(date), date.size(), to_string(today + std::chrono::days{90}));
  const auto read = policy_of(policy);
  CHECK(read.expectations.size() == 2);
  CHECK(read.waivers.size() == 1);
}
