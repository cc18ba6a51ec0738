#include "reports/remediation/remediation.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <sstream>
#include <utility>

#include "reports/big_survey.hpp"
#include "reports/golden.hpp"
#include "reports/remediation/plain_text.hpp"
#include "reports/remediation/texts.hpp"
#include "reports/remediation/verification.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/journal.hpp"
#include "reports/survey/open_survey.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using namespace edgesurvey::remediation;
using Catch::Matchers::Contains;

namespace {

// Exposed hosts, each with one of the names.
Remediation remediation_for(const std::vector<std::string>& names,
                            const std::string& result = "before.json") {
  const TemporaryFolder folder;
  {
    JournalWriter journal(folder / "journal", small_run());
    for (std::uint64_t i = 0; i < names.size(); ++i) {
      const auto host = address("198.18.0.1").plus(i).value();
      journal.target(named_target(names[i], i + 1), resolved(i, {host}));
      journal.host(exposed_host(host.to_string()));
    }
    journal.finish(small_run());
  }
  return remediation_of(*open_survey(folder / "journal"), result, "after.json");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// What stands before the comment, for each line of the script's list of addresses.
std::vector<std::string> listed(const std::string& script) {
  std::vector<std::string> items;
  bool inside = false;
  for (const auto& line : lines_of(script)) {
    if (line == ")\r" && inside) break;
    if (inside) items.push_back(line.substr(0, line.find(" #")));
    if (line == "$FoundAddresses = @(\r") inside = true;
  }
  CHECK(inside);
  return items;
}

RunFacts run_with(std::vector<std::string> arguments) {
  auto run = small_run();
  run.arguments = std::move(arguments);
  return run;
}

// "edgesurvey scan -o after.json ..." for a survey with these arguments.
std::string scan_again(std::vector<std::string> arguments) {
  const auto commands =
      verification(run_with(std::move(arguments)), "before.json", "after.json", {address("192.0.2.1")});
  REQUIRE(commands.size() == 3);
  return commands[1];
}

bool is_ascii_with_crlf(const std::string& text) {
  char before = 0;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    const bool fits = (c >= ' ' && c <= '~') || (c == '\r') || (c == '\n' && before == '\r');
    return std::exchange(before, c) != '\r' ? fits : c == '\n';
  });
}

}  // namespace

TEST_CASE("The script and the note for the exposed hosts of a survey are the approved ones") {
  const auto survey = small_survey();
  const auto remediation = remediation_of(*survey, "result.json", "after.json");
  check_golden("survey.ps1", remediation_script(remediation));
  check_golden("survey.remediation.md", remediation_note(remediation));
}

TEST_CASE("Only hosts with exposed CLS ports enter, with the ports that were open and their names") {
  const auto survey = small_survey();
  const auto remediation = remediation_of(*survey, "result.json", "after.json");
  CHECK(remediation.judged == 6);
  REQUIRE(remediation.exposed.size() == 2);
  CHECK(remediation.exposed[0].address == address("192.0.2.10"));
  CHECK(remediation.exposed[0].open == std::vector<Port>{50001, 50002, 50003});
  CHECK(remediation.exposed[0].name == "sip.contoso.example");
  CHECK(remediation.exposed[0].other_names == 1);
  CHECK(remediation.exposed[1].address == address("2001:db8:aaaa:bbbb:cccc:dddd:eeee:10"));
}

TEST_CASE("No, one and many exposed hosts stand in the script as often as there are") {
  CHECK(listed(remediation_script(remediation_for({}))).empty());
  CHECK(listed(remediation_script(remediation_for({"a.example"}))).size() == 1);
  CHECK(listed(remediation_script(remediation_for(std::vector<std::string>(300, "a.example")))).size() ==
        300);
}

TEST_CASE("Every address in the script is spelled from its value, in quotes and alone") {
  for (const auto& item : listed(remediation_script(remediation_for(hostile_names())))) {
    const auto first = item.find_first_not_of(' ');
    const auto last = item.find_last_not_of(' ');
    const std::string word = item.substr(first, last - first + 1);
    REQUIRE(word.size() > 2);
    CHECK((word.front() == '\'' && word.back() == '\''));
    const auto parsed = Address::parse(word.substr(1, word.size() - 2));
    REQUIRE(parsed);
    CHECK("'" + parsed->to_string() + "'" == word);
  }
}

TEST_CASE("Hostile names leave the script plain ASCII, and its code as it is with harmless ones") {
  const auto without_comments = [](const std::vector<std::string>& names) {
    std::string code;
    for (const auto& item : listed(remediation_script(remediation_for(names)))) code += item + '\n';
    return code;
  };
  const std::vector<std::string> harmless(hostile_names().size(), "a.example");
  const auto hostile = remediation_for(hostile_names());
  const std::string script = remediation_script(hostile);
  CHECK(is_ascii_with_crlf(script));
  CHECK(without_comments(hostile_names()) == without_comments(harmless));
  CHECK(lines_of(script).size() == lines_of(remediation_script(remediation_for(harmless))).size());
  const auto ends_of_comments = [](const std::string& text) {
    std::size_t count = 0;
    for (auto at = text.find("#>"); at != std::string::npos; at = text.find("#>", at + 1)) ++count;
    return count;
  };
  CHECK(ends_of_comments(script) == 1);
  CHECK_THAT(remediation_note(hostile), !Contains("<script") && !Contains("`c`") && !Contains("$`"));
}

TEST_CASE("A name becomes letters, digits, dots, hyphens and underscores, whatever it was") {
  REQUIRE(rc::check([](const std::string& text) {
    const std::string shown = plain_name(text);
    RC_ASSERT(shown.size() <= 83);
    RC_ASSERT(
        shown.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_\\") ==
        std::string::npos);
  }));
  CHECK(plain_name("sip.contoso.example") == "sip.contoso.example");
  CHECK(plain_name("b\xC3\xBC"
                   "cher.example") == "xn--bcher-kva.example");
  CHECK(plain_name("a\n'); rm #>`") == "a\\x0a\\x27\\x29\\x3b\\x20rm\\x20\\x23\\x3e\\x60");
  CHECK(plain_name(std::string(253, '<')).ends_with("..."));
}

TEST_CASE("A word for a shell is quoted where it must be, and refused where quotes are not enough") {
  CHECK(shell_word("203.0.113.0/28") == "203.0.113.0/28");
  CHECK(shell_word("my edges.txt") == "'my edges.txt'");
  CHECK(shell_word("a;b|c&d*(e)") == "'a;b|c&d*(e)'");
  CHECK(shell_word("") == "''");
  for (const auto* hostile :
       {"$(id)", "`id`", "a'b", "#>", "<#", "a\nb", "b\xC3\xBC", "\x1b[31m", "a\\b", "!!"})
    CHECK_FALSE(shell_word(hostile));
}

TEST_CASE("The survey is repeated with its arguments and its seed, to another file") {
  CHECK(scan_again({"scan", "-t", "edges.txt", "-o", "result.json"}) ==
        "edgesurvey scan -o after.json --seed 42 -t edges.txt");
  CHECK(scan_again({"scan", "--seed", "7", "a.example", "-or.csv", "--output=r.md", "--journal", "j"}) ==
        "edgesurvey scan -o after.json --seed 7 a.example");
  CHECK(scan_again({"scan", "-q", "--pace=polite", "--output", "r.json", "--", "a.example"}) ==
        "edgesurvey scan -o after.json --seed 42 -q --pace=polite -- a.example");
}

TEST_CASE("Arguments that cannot be repeated safely are left to the reader") {
  const std::string left = "edgesurvey scan -o after.json --seed 42 ARGUMENTS_OF_THE_FIRST_SURVEY";
  CHECK(scan_again({"scan", "$(reboot)"}) == left);
  CHECK(scan_again({"scan", "x\n#>\nInvoke-Expression"}) == left);
  CHECK(scan_again({"scan", "-vo", "result.json", "a.example"}) == left);
  CHECK(scan_again({}) == left);
  CHECK(scan_again(std::vector<std::string>(1, "report")) == left);
  std::vector<std::string> many(500, "a.example");
  many.front() = "scan";
  CHECK(scan_again(many) == left);
}

TEST_CASE("The difference is asked of the result that was read, where its path can be shown") {
  const auto diff = [](const std::string& path, const std::string& next = "after.json") {
    return verification(small_run(), path, next, {address("192.0.2.1")}).back();
  };
  CHECK(diff("surveys/march.json") == "edgesurvey diff surveys/march.json after.json");
  CHECK(diff("my survey.json") == "edgesurvey diff 'my survey.json' after.json");
  CHECK(diff("#> $(id).json") == "edgesurvey diff THE_FIRST_RESULT after.json");
  CHECK(diff("") == "edgesurvey diff THE_FIRST_RESULT after.json");
  CHECK(diff("after.json", "after-2.json") == "edgesurvey diff after.json after-2.json");
}

TEST_CASE("A few exposed addresses are asked alone, many with the whole survey") {
  const auto v6 =
      verification(small_run(), "r.json", "after.json", {address("192.0.2.1"), address("2001:db8::1")});
  CHECK(v6.front() == "edgesurvey scan --fail-on cls-exposed 192.0.2.1 2001:db8::1");
  CHECK(verification(small_run(), "r.json", "after.json", std::vector<Address>(17, address("192.0.2.1")))
            .size() == 2);
}

TEST_CASE("A template's marks are filled in, and what is filled in is not searched for marks") {
  CHECK(fill("a\n@x@\n\nb", {{"@x@", "@y@\nc"}, {"@y@", "d"}}) == "a\n@y@\nc\n\nb\n");
  CHECK(fill("a @x@\n", {{"@x@", "c"}}) == "a @x@\n");
  CHECK(fill("a\n@x@\nb\n", {{"@x@", ""}}) == "a\nb\n");
}

TEST_CASE("No mark is left in what is written") {
  const auto remediation = remediation_for({"a.example"});
  for (const auto& text : {remediation_script(remediation), remediation_note(remediation)})
    for (const auto& line : lines_of(text)) CHECK_FALSE(line.starts_with("@"));
}

TEST_CASE("The script of a survey of many hosts is made in no time") {
  const TemporaryFolder folder;
  write_big_journal(folder / "journal", EDGESURVEY_MANY_HOSTS);
  const auto survey = open_survey(folder / "journal");
  const auto remediation = remediation_of(*survey, "r.json", "after.json");
  CHECK(remediation.exposed.size() == survey->summary().count(Verdict::cls_exposed));
  CHECK(remediation.exposed.size() > EDGESURVEY_MANY_HOSTS / 8);
  const auto start = std::chrono::steady_clock::now();
  const std::string script = remediation_script(remediation);
  const auto taken = std::chrono::steady_clock::now() - start;
  CHECK(listed(script).size() == remediation.exposed.size());
  CHECK(is_ascii_with_crlf(script));
  CHECK(taken < std::chrono::seconds(5));  // minutes, should it ever be quadratic
}
