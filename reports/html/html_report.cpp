#include "reports/html/html_report.hpp"

#include <ostream>

#include "reports/html/assets.hpp"
#include "reports/html/host_labels.hpp"
#include "reports/html/host_row.hpp"
#include "reports/html/html_text.hpp"
#include "reports/html/overview.hpp"
#include "reports/html/page_sections.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey {
namespace {

using namespace html;

// Nothing is fetched, nothing is sent, and no style or script runs but the two whose hashes stand here: a
// name that got past the escaping would still do nothing.
void write_policy(std::ostream& out) {
  out << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '"
      << style.csp_source << "'; script-src '" << script.csp_source
      << "'; img-src data:; base-uri 'none'; form-action 'none'\">\n";
}

// The count stands out, and the bracket with the interval stays on one line where it can.
std::string styled(const std::string& headline) {
  const auto open = headline.find(" (");
  const auto close = headline.find(')');
  if (open == std::string::npos || close == std::string::npos) return escaped(headline);
  return "<strong>" + escaped(headline.substr(0, open)) + "</strong> <span class=\"together\">" +
         escaped(headline.substr(open + 1, close - open)) + "</span>" + escaped(headline.substr(close + 1));
}

void write_head(const SurveySource& survey, std::ostream& out) {
  out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  write_policy(out);
  out << "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" "
         "content=\"no-referrer\">\n"
         "<meta name=\"robots\" content=\"noindex\">\n<meta name=\"generator\" content=\"edgesurvey "
      << escaped(survey.run().tool_version) << "\">\n<title>" << escaped(headline(survey.summary()))
      << "</title>\n<style>" << style.text << "</style>\n</head>\n";
}

void write_incomplete(const SurveySource& survey, std::ostream& out) {
  if (survey.run().complete) return;
  const auto& probes = survey.summary().probes();
  out << "<p class=\"incomplete\" role=\"note\"><strong>Incomplete.</strong> Not every target was resolved "
         "and probed; "
         "this is what is known so far.";
  if (probes.not_run > 0) out << " " << counted(probes.not_run, "probe", "probes") << " not run.";
  if (probes.unknown > 0)
    out << " " << counted(probes.unknown, "probe", "probes") << " failed on the scanning machine.";
  out << "</p>\n";
}

bool has_trend(const ReportInput& input) {
  return input.trend != nullptr && !input.trend->runs.empty();
}

void write_header(const ReportInput& input, std::ostream& out) {
  const auto& survey = input.survey;
  const auto& run = survey.run();
  out << "<body>\n<a class=\"skip\" href=\"#hosts\">Skip to the hosts</a>\n<header>\n";
  write_incomplete(survey, out);
  out << "<p class=\"kicker\">Survey of Lync and Skype for Business Edge servers</p>\n<h1>"
      << styled(headline(survey.summary())) << "</h1>\n<p class=\"lead\">Seen from " << isolated(run.vantage)
      << " on <time datetime=\"" << to_iso8601(run.started) << "\">" << to_iso8601(run.started).substr(0, 10)
      << "</time>. The agent of the Centralised Logging Service (CLS) listens on TCP 50001, "
         "50002 and 50003, inside the media relay range 50000-59999 that many perimeters let in. It is meant "
         "for the "
         "internal interface alone: nothing outside needs it.</p>\n"
         "<nav aria-label=\"Contents\"><ul><li><a href=\"#summary\">Summary</a></li>";
  if (has_trend(input)) out << "<li><a href=\"#trend\">Trend</a></li>";
  out << "<li><a href=\"#hosts\">Hosts</a></li>";
  if (survey.summary().skipped() > 0) out << "<li><a href=\"#skipped\">Not probed</a></li>";
  out << "<li><a href=\"#method\">Method</a></li><li><a href=\"#limits\">Limits</a></li>"
         "<li><a href=\"#run\">Run and ledger</a></li></ul></nav>\n</header>\n<main>\n";
}

void write_summary(const ReportInput& input, const Overview& overview, std::ostream& out) {
  const auto& survey = input.survey;
  if (survey.summary().addresses() == 0) return;
  out << "<section id=\"summary\" aria-labelledby=\"summary-title\">\n<h2 id=\"summary-title\">Summary</h2>\n"
      << verdict_chart(survey.summary());
  if (!overview.organisations().empty()) out << organisation_chart(overview);
  if (const auto* policy = input.policy.get()) {
    out << "<p class=\"decided\"><b>Policy</b> " << isolated(policy->policy().source) << ": "
        << outcome_counts(*policy) << ".</p>\n";
  }
  out << "</section>\n";
}

// Hidden until the script shows it: without one it could do nothing.
void write_filter(const SurveySummary& summary, std::ostream& out) {
  out << "<div id=\"filter\" role=\"search\" aria-label=\"Filter the hosts\" hidden>\n"
         "<p><label for=\"find\">Find</label> <input id=\"find\" type=\"search\" autocomplete=\"off\" "
         "spellcheck=\"false\" "
         "placeholder=\"name, address, organisation\"></p>\n<fieldset>\n<legend>Verdicts</legend>\n";
  for (const auto verdict : all_verdicts) {
    const std::string name(to_string(verdict));
    out << "<label class=\"" << name << "\"><input type=\"checkbox\" name=\"verdict\" value=\"" << name
        << "\" checked> <span class=\"verdict\">" << name << "</span> <small>"
        << grouped(summary.count(verdict)) << "</small></label>\n";
  }
  out << "</fieldset>\n<p class=\"shown\"><output id=\"shown\" for=\"find\"></output> "
         "<button type=\"button\" id=\"open-all\">Open all shown</button> "
         "<button type=\"button\" id=\"close-all\">Close all</button></p>\n</div>\n";
}

std::string_view table_class(const HostColumns& columns) {
  if (columns.policy == nullptr) return columns.organisation ? " class=\"with-org\"" : "";
  return columns.organisation ? " class=\"with-org with-policy\"" : " class=\"with-policy\"";
}

void write_hosts(const ReportInput& input, const HostLabels& labels, const Overview& overview,
                 std::ostream& out) {
  const auto& survey = input.survey;
  const HostColumns columns{.organisation = !overview.organisations().empty(), .policy = input.policy.get()};
  out << "<section id=\"hosts\" aria-labelledby=\"hosts-title\">\n<h2 id=\"hosts-title\">Hosts</h2>\n";
  if (survey.summary().addresses() == 0) {
    out << "<p>No host was judged.</p>\n</section>\n";
    return;
  }
  write_filter(survey.summary(), out);
  out << "<table id=\"host-table\"" << table_class(columns)
      << ">\n<caption>Every judged address, the worst first; each opens to its evidence. Range: sampled "
         "ports of 50000-59999 "
         "that answered.</caption>\n"
      << host_table_head(columns);
  overview.for_each_host(survey, [&](const HostReport& host) {
    out << host_row(host, labels.of(host.evidence.address), columns);
  });
  out << "</table>\n</section>\n";
}

void write_rest(const SurveySource& survey, std::ostream& out) {
  write_skipped_targets(survey, out);
  out << method
      << "<section id=\"run\" aria-labelledby=\"run-title\">\n<h2 id=\"run-title\">Run and ledger</h2>\n"
      << run_facts(survey) << probe_ledger(survey.summary().probes()) << "</section>\n</main>\n<script>"
      << script.text << "</script>\n</body>\n</html>\n";
}

}  // namespace

void write_html(const ReportInput& input, std::ostream& out) {
  const auto& survey = input.survey;
  const HostLabels labels(survey);
  const Overview overview(survey, labels);
  write_head(survey, out);
  write_header(input, out);
  write_summary(input, overview, out);
  if (has_trend(input)) out << trend_section(*input.trend);
  write_hosts(input, labels, overview, out);
  write_rest(survey, out);
}

}  // namespace edgesurvey
