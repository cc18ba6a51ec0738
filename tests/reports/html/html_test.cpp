#include "reports/html/html_report.hpp"

#include <algorithm>
#include <sstream>

#include "reports/big_survey.hpp"
#include "reports/formats/writers.hpp"
#include "reports/golden_page.hpp"
#include "reports/html/html_text.hpp"
#include "reports/html/port_strip.hpp"
#include "reports/small_policy.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/journal.hpp"
#include "reports/survey/open_survey.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

std::string page_of(const ReportInput& input) {
  std::ostringstream out;
  write_html(input, out);
  return out.str();
}

std::size_t count(const std::string& page, const std::string& text) {
  std::size_t found = 0;
  for (auto at = page.find(text); at != std::string::npos; at = page.find(text, at + text.size())) ++found;
  return found;
}

bool has(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

std::string id_of(const std::string& address) {
  return "<tbody id=\"host-" + address + "\"";
}

// The survey of 2015 as it could have been, with a target and an organisation for every host.
std::unique_ptr<SurveySource> survey_of(int exposed, int closed, int hosts_of_an_organisation = 1) {
  auto journal = JournalWriter::temporary(small_run());
  for (int i = 0; i < closed + exposed; ++i) {
    const std::string text = "192.0.2." + std::to_string(i);
    const auto number = static_cast<std::uint64_t>(i);
    const auto organisation = "Org " + std::to_string(i / hosts_of_an_organisation);
    journal.target(named_target("edge.example", number + 1, {{"org", organisation}}),
                   resolved(number, {address(text)}));
    journal.host(i < closed ? quiet_host(text) : exposed_host(text));
  }
  journal.finish(small_run());
  return std::make_unique<JournalSource>(journal);
}

// One host whose name, organisation, tag and vantage are all the same text.
std::string page_with(const std::string& hostile) {
  auto run = small_run();
  run.vantage = hostile;
  run.arguments = {hostile};
  auto journal = JournalWriter::temporary(run);
  journal.target(named_target(hostile, 1, {{"org", hostile}, {"role", hostile}}),
                 resolved(0, {address("192.0.2.1")}, hostile));
  journal.target(named_target(hostile, 2),
                 {.index = 1, .addresses = {}, .skipped = SkipReason::dns_failure, .detail = hostile});
  auto host = exposed_host("192.0.2.1");
  host.judgement.explanation = hostile;
  journal.host(host);
  journal.finish(run);
  return page_of(JournalSource(journal));
}

PortEvidence sampled(Port port, PortState state, Reason reason) {
  return {.port = port, .role = Role::sample, .state = state, .reason = reason};
}

}  // namespace

TEST_CASE("The HTML of a survey is the approved page, byte for byte") {
  check_golden_page("survey.html", page_of(*small_survey()));
  check_golden_page("unfinished.html", page_of(*small_survey(Ending::unfinished)));
}

TEST_CASE("The page begins with the headline, told as the survey of 2015 was told") {
  const auto page = page_of(*survey_of(63, 187));
  CHECK(has(page,
            "<strong>63 of 250 addresses</strong> <span class=\"together\">(25.2 %, 95 % CI "
            "19.9-31.1)</span> expose CLS ports</h1>"));
}

TEST_CASE("An incomplete run says so above the headline, a complete one nowhere") {
  const auto page = page_of(*small_survey(Ending::unfinished));
  CHECK(page.find("<strong>Incomplete.</strong>") < page.find("<h1>"));
  CHECK_FALSE(has(page_of(*survey_of(1, 1)), "<strong>Incomplete.</strong>"));
}

TEST_CASE("A survey that judged nothing is a page that says so") {
  const auto page = page_of(*survey_of(0, 0));
  CHECK(has(page, "<h1>No address was judged.</h1>"));
  CHECK(has(page, "No host was judged."));
  CHECK_FALSE(has(page, "<table id=\"host-table\""));
}

TEST_CASE("Hosts stand the worst first, whatever the order of the targets, and each once") {
  const auto page = page_of(*survey_of(2, 2));
  CHECK(page.find(id_of("192.0.2.2")) < page.find(id_of("192.0.2.3")));
  CHECK(page.find(id_of("192.0.2.3")) < page.find(id_of("192.0.2.0")));
  CHECK(count(page, "<tbody id=\"host-") == 4);
}

TEST_CASE("Organisations with several addresses are charted, those with one are counted and listed") {
  const auto several = page_of(*survey_of(6, 6, 4));
  CHECK(has(several, "2 of 3 organisations (66.7 %, 95 % CI 9.4-99.2) have at least one address"));
  CHECK(has(several, "<bdi>Org 2</bdi></a></th><td class=\"count\">4 of 4</td>"));
  CHECK_FALSE(has(several, "organisations</summary>"));
  CHECK(has(page_of(*survey_of(2, 1)), "<summary>All 3 organisations</summary>"));
}

TEST_CASE(
    "The page of 1, 250 and many hosts is the same from the journal as from the result, and has them all") {
  for (const std::size_t hosts : {std::size_t{1}, std::size_t{250}, std::size_t{EDGESURVEY_MANY_HOSTS}}) {
    INFO(hosts << " hosts");
    const TemporaryFolder folder;
    write_big_journal(folder / "run.journal", hosts);
    const auto journal = open_survey(folder / "run.journal");
    std::ostringstream result;
    write_json(*journal, result);
    write_text(folder / "result.json", result.str());
    const auto page = page_of(*open_survey(folder / "result.json"));
    CHECK((page == page_of(*journal)));
    CHECK(count(page, "<tbody id=\"host-") == hosts);
    CHECK(count(page, "</noscript>") == hosts);
    CHECK(count(page, "<script") == 1);
  }
}

TEST_CASE("What comes from outside stays text, in every place of the page") {
  for (const std::string hostile : {"<script>alert(1)</script>", "</noscript><script>alert(1)</script>",
                                    "\"><img src=x onerror=alert(1)>", "'-alert(1)-'",
                                    "--><svg/onload=alert(1)>", "</title></style><b>", "&lt;script&gt;"}) {
    INFO(hostile);
    const auto page = page_with(hostile);
    const auto quiet = page_with(std::string(hostile.size(), 'x'));
    CHECK_FALSE(has(page, hostile));
    CHECK(count(page, html::escaped(hostile)) >= 9);
    for (const char markup : {'<', '>', '"'}) {
      CHECK(std::count(page.begin(), page.end(), markup) == std::count(quiet.begin(), quiet.end(), markup));
    }
  }
}

TEST_CASE("Control characters, turned text and broken UTF-8 are shown as escapes") {
  const auto page = page_with("a\x1b[31m\x07\xE2\x80\xAE\xFFz");
  CHECK(has(page, "<bdi>a\\x1b[31m\\x07\\u{202e}"));
  CHECK(std::none_of(page.begin(), page.end(), [](char c) { return c >= 0 && c < 0x20 && c != '\n'; }));
  CHECK_FALSE(has(page, "\xE2\x80\xAE"));
  CHECK_FALSE(has(page, "\xFF"));
}

TEST_CASE("A right-to-left name keeps its direction to itself, and a name of 253 bytes is whole") {
  const std::string hebrew = "\xD7\x90\xD7\x91\xD7\x92.example";
  CHECK(count(page_with(hebrew), "<bdi>" + hebrew + "</bdi>") >= 4);
  const std::string longest(253, 'n');
  CHECK(count(page_with(longest), "<bdi>" + longest + "</bdi>") >= 4);
}

TEST_CASE("A strip has a mark for every sampled port, placed by number and told apart by kind") {
  Evidence evidence;
  evidence.ports = {sampled(50034, PortState::open, Reason::syn_ack),
                    sampled(59999, PortState::closed, Reason::conn_refused),
                    sampled(51000, PortState::filtered, Reason::no_response),
                    sampled(51002, PortState::filtered, Reason::admin_prohibited),
                    sampled(51004, PortState::unknown, Reason::not_run)};
  const auto svg = html::strip_svg(evidence);
  CHECK(has(svg, "<path class=\"o\" d=\"M34 0v48\"/>"));
  CHECK(has(svg, "<path class=\"r\" d=\"M9999 14v34\"/>"));
  CHECK(has(svg, "<path class=\"s\" d=\"M1000 38v10\"/>"));
  CHECK(has(svg, "<path class=\"j\" d=\"M1002 14v14\"/>"));
  CHECK(has(svg, "<path class=\"u\" d=\"M1004 30v5\"/>"));
}

TEST_CASE(
    "The strip of a whole range is a handful of marks, and its key names all but the commonest answer") {
  Evidence evidence;
  for (int port = 50000; port <= 59999; ++port) {
    const bool open = 53000 <= port && port <= 53009;
    evidence.ports.push_back(
        open ? sampled(static_cast<Port>(port), PortState::open, Reason::syn_ack)
             : sampled(static_cast<Port>(port), PortState::filtered, Reason::no_response));
  }
  const auto svg = html::strip_svg(evidence);
  CHECK(svg.size() < 400);
  CHECK(has(svg, "M3000 0h9v48h-9z"));
  const auto key = html::strip_key(evidence);
  CHECK(has(key, "10 open (SYN-ACK): <span class=\"ports\">53000-53009</span>"));
  CHECK(has(key, "9,990 silent</li>"));
}

TEST_CASE(
    "A policy has its counts, a column, and its reason in the evidence, and without one there is no trace") {
  const auto survey = small_survey();
  CHECK_FALSE(has(page_of(*survey), "<b>Policy"));
  CHECK_FALSE(has(page_of(*survey), "class=\"with-org with-policy\""));
  const auto page = page_of({*survey, small_policy()});
  CHECK(has(page, "<b>Policy</b> <bdi>policy.toml</bdi>: 1 broken, 1 waived, 1 undecided, 3 kept.</p>"));
  CHECK(has(page, "<table id=\"host-table\" class=\"with-org with-policy\">"));
  for (const char* outcome : {"broken", "waived", "undecided", "expected"})
    CHECK(has(page, "<td class=\"policy\">" + std::string(outcome) + "</td>"));
  CHECK(
      has(page, "<b>Policy:</b> <bdi>waived until 2015-06-30 by =edge-team &lt;edge@contoso.example&gt;: "));
  CHECK_FALSE(has(page, "<script>alert"));
}
