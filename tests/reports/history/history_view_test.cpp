#include <rapidcheck.h>

#include <sstream>

#include "reports/golden_page.hpp"
#include "reports/history/history_json.hpp"
#include "reports/history/history_runs.hpp"
#include "reports/history/history_table.hpp"
#include "reports/html/html_report.hpp"
#include "reports/html/page_sections.hpp"
#include "reports/text/terminal.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

Trend trend_of(const std::vector<Week>& weeks) {
  Trend trend;
  for (const auto& week : weeks) trend = trend_with(trend.runs, record_of(survey_of_week(week)));
  return trend;
}

template <typename Write>
std::string text_from(Write write) {
  std::ostringstream out;
  write(out);
  return out.str();
}

std::string table_of(const Trend& trend, const TableOptions& options = {}) {
  return text_from([&](std::ostream& out) { write_trend_table(trend, out, options); });
}

Sighting seen(std::size_t run, VerdictReason reason, double share = 0.5) {
  return {.run = run,
          .address = address("192.0.2.10"),
          .names = {"sip.contoso.example", "av.contoso.example"},
          .verdict = verdict_of(reason),
          .reason = reason,
          .confidence = Confidence::high,
          .cls_open = reason == VerdictReason::cls_ports_open ? std::vector<Port>{50001, 50002, 50003}
                                                              : std::vector<Port>{},
          .range = Interval{.share = share, .low = 0, .high = 1}};
}

std::vector<RunRecord> runs_of_weeks(int number) {
  std::vector<RunRecord> runs;
  for (int i = 0; i < number; ++i) runs.push_back(record_of(survey_of_week({.number = i})));
  return runs;
}

// Ten weeks: exposed for four, away for two, then closed, but for the last.
std::vector<HostTimeline> some_timelines() {
  std::vector<Sighting> sightings;
  for (const std::size_t run : {0U, 1U, 2U, 3U}) {
    sightings.push_back(seen(run, VerdictReason::cls_ports_open, 0.9 + 0.01 * static_cast<double>(run)));
  }
  for (const std::size_t run : {6U, 7U, 8U}) sightings.push_back(seen(run, VerdictReason::range_silent, 0));
  auto other = seen(1, VerdictReason::some_cls_ports_open);
  other.address = address("2001:db8::10");
  other.names = {"\x1b[31mred\xE2\x80\xAE\xFF", std::string(253, 'n')};
  other.cls_open = {50002};
  sightings.insert(sightings.begin(), other);
  return timelines_of(runs_of_weeks(10), sightings);
}

std::string text_of_timelines(const TableOptions& options = {}) {
  return text_from([&](std::ostream& out) { write_timelines(some_timelines(), out, options); });
}

void check_lines(const std::string& text, std::size_t width) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    INFO(line);
    CHECK(columns(line) <= width);
    CHECK(line.find_first_of("\x1b\x07\r") == std::string::npos);
  }
}

std::string without_colour(std::string text) {
  for (auto at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b')) {
    text.erase(at, text.find('m', at) - at + 1);
  }
  return text;
}

}  // namespace

TEST_CASE("The views of a history are the approved ones") {
  const auto trend = trend_of(some_weeks());
  check_golden("history-trend.txt", table_of(trend));
  check_golden("history-trend-60.txt", table_of(trend, {.width = 60}));
  check_golden("history-host.txt", text_of_timelines());
  check_golden("history-host-60.txt", text_of_timelines({.width = 60}));
  check_golden("history-trend.json",
               text_from([&](std::ostream& out) { write_history_json(trend.runs, out); }));
  check_golden("history-host.json", text_from([&](std::ostream& out) {
                 write_history_json(runs_of_weeks(10), "\x1b[2J\xFF", some_timelines(), out);
               }));
}

TEST_CASE("A page with a history shows the trend, as approved") {
  const auto survey = survey_of_week(some_weeks().back());
  ReportInput input(survey);
  CHECK_THAT(text_from([&](std::ostream& out) { write_html(input, out); }), !Contains("id=\"trend\""));
  input.trend = std::make_shared<Trend>(trend_of(some_weeks()));
  check_golden_page("trend.html", text_from([&](std::ostream& out) { write_html(input, out); }));
}

TEST_CASE("No line of a history is wider than the terminal, and colour changes nothing but colour") {
  const auto trend = trend_of(some_weeks());
  for (const std::size_t width : {60U, 61U, 79U, 80U, 81U, 120U, 300U}) {
    check_lines(table_of(trend, {.width = width}), width);
    check_lines(text_of_timelines({.width = width}), width);
  }
  CHECK(table_of(trend, {.width = 10}) == table_of(trend, {.width = 60}));
  CHECK(without_colour(table_of(trend, {.colour = true})) == table_of(trend));
  CHECK(without_colour(text_of_timelines({.colour = true})) == text_of_timelines());
  CHECK(table_of(trend, {.colour = true}) != table_of(trend));
}

TEST_CASE("Runs that said the same are drawn together, and runs without the host break them") {
  const auto stretches = some_timelines().front().stretches;
  REQUIRE(stretches.size() == 4);
  CHECK(stretches[0].runs == 4);
  CHECK(stretches[0].last == at("2026-01-24T09:30:00.000Z"));
  CHECK(stretches[0].most_range == 0.93);
  CHECK_FALSE(stretches[1].judged);
  CHECK(stretches[1].runs == 2);
  CHECK(stretches[2].judged->verdict == Verdict::closed);
  CHECK_FALSE(stretches[3].judged);
  CHECK(stretches[3].runs == 1);
}

TEST_CASE("The stretches of a host cover every run from the first that judged it, once, whatever was seen") {
  CHECK(rc::check([](std::vector<std::uint8_t> seen_by_run) {
    std::vector<Sighting> sightings;
    std::size_t first = seen_by_run.size();
    for (std::size_t run = 0; run < seen_by_run.size(); ++run) {
      if (seen_by_run[run] % 4 == 0) continue;
      first = std::min(first, run);
      sightings.push_back(seen(run, static_cast<VerdictReason>(seen_by_run[run] % 4)));
    }
    const auto hosts = timelines_of(std::vector<RunRecord>(seen_by_run.size()), sightings);
    RC_ASSERT(hosts.size() == (sightings.empty() ? 0U : 1U));
    std::size_t runs = 0;
    for (std::size_t i = 0; !hosts.empty() && i < hosts[0].stretches.size(); ++i)
      runs += hosts[0].stretches[i].runs;
    RC_ASSERT(runs == seen_by_run.size() - first);
  }));
}

TEST_CASE("A survey that is among the runs is not added to the trend again") {
  auto trend = trend_of(some_weeks());
  trend = trend_with(trend.runs, record_of(survey_of_week(some_weeks()[1])));
  CHECK(trend.runs.size() == some_weeks().size());
  CHECK(trend.current == 1U);
}

TEST_CASE("The scale has room for every interval") {
  CHECK(trend_scale(trend_of({{.number = 1, .exposed = 0, .closed = 250}}).runs) == 0.04);
  CHECK(trend_scale(trend_of({{.number = 1, .exposed = 63, .closed = 187}}).runs) == 0.4);
  CHECK(trend_scale(trend_of({{.number = 1, .exposed = 1}}).runs) == 1);
  CHECK(trend_scale(trend_of({{.number = 1}}).runs) == 0.04);
}

TEST_CASE("A history without runs, with one, and with runs that judged nothing are told, too") {
  CHECK(table_of({}) == "No run is in this history yet.\n");
  CHECK_THAT(table_of(trend_of({{.number = 1, .exposed = 1, .closed = 3}})),
             Contains("1 run from 2026-01-10: exposed 25.0 %"));
  const auto nothing = trend_of({{.number = 1}, {.number = 2}});
  CHECK_THAT(table_of(nothing), Contains("no address was judged"));
  CHECK_THAT(html::trend_section(nothing), Contains("no address was judged") && !Contains("<svg"));
  CHECK_THAT(html::trend_section(trend_of({{.number = 1, .exposed = 1}})), !Contains("<svg"));
  CHECK_THAT(
      html::trend_section(trend_of({{.number = 1, .exposed = 1}, {.number = 2}, {.number = 3, .closed = 1}})),
      Contains("M0 0L1000 100"));
}

TEST_CASE("A hostile vantage stays text in the trend of the page") {
  for (const std::string hostile :
       {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "</title></style><b>"}) {
    const auto section = [&](const std::string& vantage) {
      return html::trend_section(
          trend_of({{.number = 1, .exposed = 1}, {.number = 2, .exposed = 1, .vantage = vantage}}));
    };
    const auto page = section(hostile);
    CHECK_THAT(page, !Contains(hostile));
    const auto quiet = section("quiet");
    CHECK(std::count(page.begin(), page.end(), '<') == std::count(quiet.begin(), quiet.end(), '<'));
  }
}
