#include "reports/formats/writers.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>

#include "reports/formats/table_sections.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/terminal.hpp"
#include "targets/host_name.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t least_width = 60;

void write_incomplete(const SurveySource& survey, std::ostream& out, const TableOptions& options) {
  if (survey.run().complete) return;
  const auto& probes = survey.summary().probes();
  std::string text = "INCOMPLETE: not every target was resolved and probed; this is what is known so far.";
  if (probes.not_run > 0) text += " " + counted(probes.not_run, "probe", "probes") + " not run.";
  if (probes.unknown > 0)
    text += " " + counted(probes.unknown, "probe", "probes") + " failed on this machine.";
  out << in_colour(Colour::warning, paragraph(text, options.width), options.colour) << "\n\n";
}

void write_verdicts(const SurveySummary& summary, std::ostream& out, bool colour) {
  if (summary.addresses() == 0) return;
  out << '\n';
  for (const auto verdict : all_verdicts) {
    out << "  " << in_colour(colour_of(verdict), padded(to_string(verdict), 18), colour)
        << right_aligned(grouped(summary.count(verdict)), 9) << "  "
        << share_with_interval(summary.share(verdict)) << '\n';
  }
}

struct Skipped {
  std::uint64_t count = 0;
  std::vector<std::string> examples;  // each name once, though it stood on several lines
  bool has_more = false;
};

void show_by_example(Skipped& skipped, const std::string& name) {
  constexpr std::size_t enough = 10;  // more never fit on a line
  auto& examples = skipped.examples;
  if (std::find(examples.begin(), examples.end(), name) != examples.end()) return;
  skipped.has_more = examples.size() == enough;
  if (!skipped.has_more) examples.push_back(name);
}

void write_skipped(const SurveySource& survey, std::ostream& out, std::size_t width) {
  std::map<SkipReason, Skipped> by_reason;
  survey.for_each_target([&](const TargetRow& target) {
    if (!target.skipped) return;
    auto& skipped = by_reason[*target.skipped];
    ++skipped.count;
    show_by_example(skipped, target.name);
  });
  if (by_reason.empty()) return;
  out << "\nSkipped: " << counted(survey.summary().skipped(), "target", "targets") << " not probed\n";
  for (const auto& [reason, skipped] : by_reason) {
    std::string line = "  " + padded(to_string(reason), 17) + right_aligned(grouped(skipped.count), 9) + "  ";
    std::string names;
    for (const auto& name : skipped.examples) names += (names.empty() ? "" : ", ") + with_a_label(name);
    if (skipped.has_more) names += ", ...";
    out << line << fit(names, width - line.size()) << '\n';
  }
}

void write_ledger(const ProbeLedger& probes, std::ostream& out, std::size_t width) {
  out << '\n'
      << paragraph("Probes: " + grouped(probes.planned) + " planned = " + grouped(probes.open) + " open + " +
                       grouped(probes.closed) + " closed + " + grouped(probes.filtered) + " filtered + " +
                       grouped(probes.unknown) + " unknown + " + grouped(probes.not_run) + " not run; " +
                       counted(probes.attempts, "attempt", "attempts") + " with retries and rechecks.",
                   width)
      << '\n';
}

void write_what_closed_cannot_tell(const SurveySummary& summary, std::ostream& out, std::size_t width) {
  if (summary.count(Verdict::closed) == 0) return;
  out << '\n'
      << paragraph(
             "'closed' says that nothing in 50000-59999 answered from here, no more: a perimeter that drops "
             "the "
             "range and an open one before a host that blocks the CLS ports itself look alike.",
             width)
      << '\n';
}

}  // namespace

void write_table(const ReportInput& input, std::ostream& out, const TableOptions& wanted) {
  TableOptions options = wanted;
  options.width = std::max(options.width, least_width);
  const auto& survey = input.survey;
  const auto& summary = survey.summary();
  write_incomplete(survey, out, options);
  out << in_colour(Colour::headline, paragraph(headline(summary), options.width), options.colour) << '\n';
  write_verdicts(summary, out, options.colour);
  write_exposed_hosts(survey, out, options);
  write_policy_summary(input, out, options);
  write_skipped(survey, out, options.width);
  write_ledger(summary.probes(), out, options.width);
  write_what_closed_cannot_tell(summary, out, options.width);
}

}  // namespace edgesurvey
