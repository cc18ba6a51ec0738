#include "reports/formats/writers.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <sstream>

#include "reports/big_survey.hpp"
#include "reports/small_policy.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/journal.hpp"
#include "reports/survey/open_survey.hpp"
#include "reports/temporary_folder.hpp"
#include "reports/text/escape.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

std::string markdown_of(const ReportInput& input) {
  std::ostringstream out;
  write_markdown(input, out);
  return out.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// What is left when the code spans are taken out: the only place where Markdown acts.
std::string outside_code(const std::string& line) {
  std::string text;
  bool code = false;
  for (const char c : line) {
    if (c == '`') code = !code;
    if (!code) text += c;
  }
  CHECK_FALSE(code);
  return text;
}

// Exposed hosts, each with one of the names.
std::string report_of(const std::vector<std::string>& names, std::optional<Policy> policy = std::nullopt) {
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
  const auto survey = open_survey(folder / "journal");
  return markdown_of({*survey, std::move(policy)});
}

std::string waiver_of(const std::string& block, const std::string& text) {
  return "[[waiver]]\nblock = \"" + block + "\"\nverdict = \"cls-exposed\"\nowner = '" + text.substr(0, 200) +
         "'\nreason = '" + text.substr(0, 1000) + "'\nexpires = 2015-04-01\n";
}

}  // namespace

TEST_CASE("Any text becomes one code span of one table cell, without markup") {
  REQUIRE(rc::check([](const std::string& text) {
    const std::string span = code_span(text);
    if (text.empty()) {
      RC_ASSERT(span.empty());
      return;
    }
    RC_ASSERT(std::count(span.begin(), span.end(), '`') == 2);
    RC_ASSERT(span.front() == '`' && span.back() == '`');
    RC_ASSERT(span.find_first_of("|<>&\n\r\t") == std::string::npos);
  }));
  CHECK(code_span("a.example") == "`a.example`");
  CHECK(code_span("a|`b`") == "`a\\x7c\\x60b\\x60`");
  CHECK(code_span("<b>&") == "`\\x3cb\\x3e\\x26`");
  CHECK(code_span("one\ntwo") == "`one\\x0atwo`");
  CHECK(code_span("@everyone #1") == "`@everyone #1`");
}

TEST_CASE("Hostile names mention nobody, link nowhere and break no table") {
  const auto lines = lines_of(report_of(hostile_names()));
  std::size_t rows = 0;
  for (const auto& line : lines) {
    const std::string text = outside_code(line);
    CHECK(text.find_first_of("@[]\\{}$\x1b") == std::string::npos);
    CHECK(text.find("http") == std::string::npos);
    CHECK(text.find("<script") == std::string::npos);
    CHECK_FALSE(line.starts_with("::"));
    if (!line.starts_with("| `198.18.")) continue;
    ++rows;
    CHECK(std::count(line.begin(), line.end(), '|') == 6);
  }
  CHECK(rows == hostile_names().size());
}

TEST_CASE("A summary of any size fits into a comment of 65,536 characters") {
  std::vector<std::string> names;
  for (int i = 0; i < 2000; ++i) names.push_back(std::string(253, i % 2 == 0 ? '`' : '\x01'));
  const std::string text = report_of(names);
  CHECK(text.size() < 65536);
  CHECK(text.find("\nand 1,900 more: see the whole result.\n") != std::string::npos);
}

TEST_CASE("It still fits with a policy of any size, and tells what it cannot show") {
  const std::string long_text(1000, '|');
  std::string toml = waiver_of("198.18.0.0/22", long_text) +
                     "[[expect]]\nblock = \"198.18.0.0/15\"\nverdict = \"closed\"\nreason = '" + long_text +
                     "'\n";
  for (int i = 0; i < 100; ++i) toml += waiver_of("203.0.113." + std::to_string(i), long_text);
  const std::string text = report_of(std::vector<std::string>(2000, std::string(253, '`')), policy_of(toml));
  CHECK(text.size() < 65536);
  CHECK(text.find("977 broken, 1,023 waived, 0 undecided, 0 kept") != std::string::npos);
  CHECK(text.find("\nand 957 more: see the whole result.\n") != std::string::npos);
  CHECK(text.find("\nand 1,003 more: see the whole result.\n") != std::string::npos);
  CHECK(text.find("\n- and 80 more\n") != std::string::npos);
}

TEST_CASE("Owners and reasons mention nobody, link nowhere and break no table") {
  const auto survey = small_survey();
  const std::string text = markdown_of({*survey, small_policy()});
  const auto begin = text.find("### Policy\n");
  for (const auto& line : lines_of(text.substr(begin, text.find("\n### ", begin) - begin))) {
    CHECK(outside_code(line).find_first_of("@[]{}<>$") == std::string::npos);
    if (line.starts_with("| `2001:")) CHECK(std::count(line.begin(), line.end(), '|') == 7);
  }
}

TEST_CASE("A survey without findings asks for nothing to be done") {
  const TemporaryFolder folder;
  {
    JournalWriter journal(folder / "journal", small_run());
    journal.target(named_target("a.example", 1), resolved(0, {address("192.0.2.1")}));
    journal.host(quiet_host("192.0.2.1"));
    journal.finish(small_run());
  }
  const std::string text = markdown_of(*open_survey(folder / "journal"));
  CHECK(text.starts_with("## 0 of 1 address (0.0 %, 95 % CI 0.0-97.5) expose CLS ports\n"));
  CHECK(text.find("What to do") == std::string::npos);
  CHECK(text.find("Incomplete") == std::string::npos);
  CHECK(text.find("no more: a perimeter that drops the range") != std::string::npos);
}
