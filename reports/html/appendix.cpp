#include "reports/html/page_sections.hpp"

#include <ostream>

#include "reports/html/html_text.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey::html {
namespace {

std::string skipped_row(const TargetRow& target) {
  const auto where = target.source + (target.line > 0 ? ":" + std::to_string(target.line) : "");
  return "<tr><th scope=\"row\">" + isolated(target.name) + "</th><td>" +
         (target.skipped ? std::string(to_string(*target.skipped)) : "probed, with a note") + "</td><td>" +
         (target.detail.empty() ? "" : isolated(target.detail)) + "</td><td>" + isolated(where) +
         "</td></tr>\n";
}

std::string fact(std::string_view term, const std::string& content) {
  return "<dt>" + std::string(term) + "</dt><dd>" + content + "</dd>\n";
}

std::string rate(double probes_a_second) {
  return probes_a_second > 0 ? grouped(static_cast<std::uint64_t>(probes_a_second)) + "/s" : "unlimited";
}

std::string pace(const RunFacts& run) {
  return escaped(run.pace) + ": " + rate(run.rate) + " in all, " + rate(run.host_rate) + " to one host";
}

std::string time(WallTime when) {
  const auto text = to_iso8601(when);
  return "<time datetime=\"" + text + "\">" + text + "</time>";
}

std::string command_line(const RunFacts& run) {
  std::string line = "edgesurvey";
  for (const auto& argument : run.arguments) line += " " + argument;
  return "<code>" + escaped(line) + "</code>";
}

}  // namespace

void write_skipped_targets(const SurveySource& survey, std::ostream& out) {
  bool any = false;
  survey.for_each_target([&](const TargetRow& target) {
    if (!target.skipped && target.detail.empty()) return;
    if (!any) {
      out << "<section id=\"skipped\" aria-labelledby=\"skipped-title\">\n<h2 id=\"skipped-title\">Targets "
             "not probed</h2>\n"
             "<table class=\"plain\">\n<caption>"
          << counted(survey.summary().skipped(), "target was", "targets were")
          << " not probed; notes on others stand among them</caption>\n<thead><tr><th "
             "scope=\"col\">Target</th>"
             "<th scope=\"col\">Reason</th><th scope=\"col\">Detail</th><th scope=\"col\">Named "
             "in</th></tr></thead>\n"
             "<tbody>\n";
    }
    any = true;
    out << skipped_row(target);
  });
  if (any) out << "</tbody>\n</table>\n</section>\n";
}

std::string run_facts(const SurveySource& survey) {
  const auto& run = survey.run();
  const auto& summary = survey.summary();
  const auto took = std::chrono::duration_cast<std::chrono::seconds>(run.finished - run.started).count();
  return "<dl class=\"facts\">\n" + fact("Started", time(run.started)) +
         fact("Finished", time(run.finished) + ", after " +
                              grouped(static_cast<std::uint64_t>(std::max(took, decltype(took){0}))) + " s") +
         fact("Complete", run.complete ? "yes" : "no") + fact("Seen from", isolated(run.vantage)) +
         fact("Targets",
              grouped(summary.targets()) + ", of which " + grouped(summary.skipped()) + " not probed") +
         fact("Addresses judged", grouped(summary.addresses())) + fact("Pace", pace(run)) +
         fact("Seed", std::to_string(run.seed)) + fact("Command", command_line(run)) +
         fact("Made by", "edgesurvey " + escaped(run.tool_version)) + "</dl>\n";
}

std::string probe_ledger(const ProbeLedger& probes) {
  const auto row = [](std::string_view what, std::uint64_t count, std::string_view meaning) {
    return "<tr><th scope=\"row\">" + std::string(what) + "</th><td class=\"count\">" + grouped(count) +
           "</td><td>" + std::string(meaning) + "</td></tr>\n";
  };
  return "<table class=\"plain ledger\">\n<caption>Where every planned probe went</caption>\n<thead><tr>"
         "<th scope=\"col\">Probes</th><th scope=\"col\" class=\"count\">Count</th><th "
         "scope=\"col\">Meaning</th></tr></thead>\n"
         "<tbody>\n" +
         row("open", probes.open, "a SYN-ACK came back") + row("closed", probes.closed, "a RST came back") +
         row("filtered", probes.filtered, "silence, or an ICMP error") +
         row("unknown", probes.unknown, "failed on the scanning machine") +
         row("not run", probes.not_run, "the run ended first") + "</tbody>\n<tfoot>\n" +
         row("planned", probes.planned,
             probes.adds_up() ? "the sum of the above"
                              : "NOT the sum of the above: do not trust this result") +
         row("attempts", probes.attempts, "SYNs asked for, retries and rechecks included") +
         "</tfoot>\n</table>\n";
}

}  // namespace edgesurvey::html
