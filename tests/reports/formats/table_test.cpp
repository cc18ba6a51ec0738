#include "reports/formats/writers.hpp"

#include <sstream>

#include "reports/small_policy.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/journal.hpp"
#include "reports/text/terminal.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

std::string table_of(const ReportInput& input, const TableOptions& options = {}) {
  std::ostringstream out;
  write_table(input, out, options);
  return out.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// The survey of 2015 as it could have been: exposed hosts first, the rest closed.
std::unique_ptr<SurveySource> survey_of(int exposed, int closed) {
  auto journal = JournalWriter::temporary(small_run());
  journal.target(block_target("192.0.2.0/24", 1), resolved(0));
  for (int i = 0; i < exposed + closed; ++i) {
    const std::string text = "192.0.2." + std::to_string(i);
    journal.host(i < exposed ? exposed_host(text) : quiet_host(text));
  }
  journal.finish(small_run());
  return std::make_unique<JournalSource>(journal);
}

}  // namespace

TEST_CASE("The first line tells how many, and which share with its interval") {
  CHECK(lines_of(table_of(*survey_of(63, 187))).front() ==
        "63 of 250 addresses (25.2 %, 95 % CI 19.9-31.1) expose CLS ports");
  CHECK(lines_of(table_of(*survey_of(1, 0))).front() ==
        "1 of 1 address (100.0 %, 95 % CI 2.5-100.0) exposes CLS ports");
  CHECK(table_of(*survey_of(0, 0)).find("\nNo address was judged.\n") != std::string::npos);
}

TEST_CASE("An incomplete run says so before anything else") {
  CHECK(table_of(*small_survey(Ending::unfinished)).starts_with("INCOMPLETE: "));
  CHECK(table_of(*survey_of(1, 1)).find("INCOMPLETE") == std::string::npos);
}

TEST_CASE("Only so many exposed hosts are shown, and the rest are counted") {
  const auto table = table_of(*survey_of(63, 0), {.max_hosts = 26});
  CHECK(table.find("  192.0.2.25 ") != std::string::npos);
  CHECK(table.find("  192.0.2.26 ") == std::string::npos);
  CHECK(table.find("\n  and 37 more: see the report\n") != std::string::npos);
}

TEST_CASE("A skipped name is shown once, though it stood on several lines, and none is missed by \"...\"") {
  auto journal = JournalWriter::temporary(small_run());
  for (std::uint64_t line = 0; line < 3; ++line)
    journal.target(named_target("gone.example", line + 1),
                   {.index = line, .addresses = {}, .skipped = SkipReason::nxdomain, .detail = {}});
  journal.finish(small_run());
  const auto table = table_of(JournalSource(journal));
  CHECK(table.find("  nxdomain                 3  gone.example\n") != std::string::npos);
}

TEST_CASE("No line is wider than the terminal") {
  for (const std::size_t width : {60U, 61U, 72U, 80U, 120U}) {
    for (const auto ending : {Ending::finished, Ending::unfinished}) {
      const auto survey = small_survey(ending);
      for (const auto& line : lines_of(table_of({*survey, small_policy()}, {.width = width}))) {
        INFO(line);
        CHECK(columns(line) <= width);
      }
    }
  }
  CHECK(table_of(*small_survey(), {.width = 10}) == table_of(*small_survey(), {.width = 60}));
}

TEST_CASE("A name beyond ASCII has what DNS is asked beside it, where there is room") {
  const std::string asked = "b\u00FCcher.example (xn--bcher-kva.example)";
  CHECK(table_of(*small_survey(), {.width = 120}).find("  " + asked + "\n") != std::string::npos);
  const auto narrow = table_of(*small_survey(), {.width = 80});
  CHECK(narrow.find("  b\u00FCcher.example\n") != std::string::npos);
}

TEST_CASE("Colour changes nothing but colour") {
  std::string coloured = table_of(*small_survey(), {.colour = true});
  CHECK(coloured != table_of(*small_survey()));
  for (auto at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b')) {
    coloured.erase(at, coloured.find('m', at) - at + 1);
  }
  CHECK(coloured == table_of(*small_survey()));
}

TEST_CASE("A policy of nothing but fail-on adds a line of counts, one with entries who broke it") {
  const auto survey = survey_of(63, 2);
  CHECK(table_of({*survey, policy_of("fail-on = \"cls-exposed\"")})
            .find("\nPolicy policy.toml: 63 broken, 0 waived, 0 undecided, 2 kept\n\n") != std::string::npos);
  const ReportInput broken(*survey,
                           policy_of("[[expect]]\nblock = \"192.0.2.0/24\"\nverdict = \"closed\"\n"));
  const auto table = table_of(broken, {.max_hosts = 26});
  CHECK(table.find("\nBroken by\n  192.0.2.0") != std::string::npos);
  CHECK(
      table.find(
          "\n  192.0.2.25: cls-exposed, expected closed by policy.toml:1\n  and 37 more: see the report\n") !=
      std::string::npos);
}
