#include "reports/formats/writers.hpp"

#include <map>
#include <ostream>

#include "reports/survey/host_summary.hpp"
#include "reports/survey/judged_policy.hpp"
#include "reports/text/escape.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/policy_text.hpp"
#include "reports/text/port_list.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t max_hosts = 100;  // a host's row has less than 400 characters
constexpr std::size_t max_examples = 5;

void write_headline(const SurveySource& survey, std::ostream& out) {
  out << "## " << headline(survey.summary()) << "\n";
  if (survey.run().complete) return;
  const auto& probes = survey.summary().probes();
  out << "\n**Incomplete:** not every target was resolved and probed; this is what is known so far.";
  if (probes.not_run > 0) out << ' ' << counted(probes.not_run, "probe", "probes") << " not run.";
  if (probes.unknown > 0)
    out << ' ' << counted(probes.unknown, "probe", "probes") << " failed on the scanning machine.";
  out << '\n';
}

std::string_view meaning(Verdict verdict) {
  switch (verdict) {
    case Verdict::cls_exposed:
      return "the logging agent answers on TCP 50001-50003";
    case Verdict::media_range_open:
      return "the perimeter passes 50000-59999";
    case Verdict::inconclusive:
      return "nothing can be told from here";
    case Verdict::closed:
      break;
  }
  return "nothing in 50000-59999 answered from here";
}

void write_verdicts(const SurveySummary& summary, std::ostream& out) {
  if (summary.addresses() == 0) return;
  out << "\n| Verdict | Addresses | Share, 95 % CI | Meaning |\n|---|---:|---|---|\n";
  for (const auto verdict : all_verdicts) {
    out << "| `" << to_string(verdict) << "` | " << grouped(summary.count(verdict)) << " | "
        << share_with_interval(summary.share(verdict)) << " | " << meaning(verdict) << " |\n";
  }
}

std::string names_cell(const std::vector<std::string>& names) {
  if (names.empty()) return "";
  const auto others = names.size() - 1;
  return code_span(names.front()) + (others > 0 ? " and " + grouped(others) + " more" : "");
}

void write_exposed_row(const HostSummary& host, const std::vector<std::string>& names, std::ostream& out) {
  out << "| `" << host.address.to_string() << "` | " << names_cell(names) << " | "
      << to_port_list(host.cls_open) << " | " << host.range_answered << " of " << host.range_sampled << " | "
      << to_string(host.confidence) << " |\n";
}

void write_exposed_hosts(const SurveySource& survey, std::ostream& out) {
  const auto exposed = survey.summary().count(Verdict::cls_exposed);
  if (exposed == 0) return;
  out << "\n### Exposed hosts\n\n"
         "| Address | Name | CLS ports open | Sampled ports that answered | Confidence "
         "|\n|---|---|---|---|---|\n";
  std::size_t shown = 0;
  survey.for_each_summary([&](const HostSummary& host) {
    if (host.verdict != Verdict::cls_exposed || shown == max_hosts) return;
    write_exposed_row(host, survey.names_of(host.address), out);
    ++shown;
  });
  if (exposed > shown) out << "\nand " << grouped(exposed - shown) << " more: see the whole result.\n";
}

struct Skipped {
  std::uint64_t count = 0;
  std::string examples;
};

void write_skipped(const SurveySource& survey, std::ostream& out) {
  std::map<SkipReason, Skipped> by_reason;
  survey.for_each_target([&by_reason](const TargetRow& target) {
    if (!target.skipped) return;
    auto& skipped = by_reason[*target.skipped];
    if (++skipped.count > max_examples) return;
    skipped.examples += (skipped.examples.empty() ? "" : ", ") + code_span(target.name);
  });
  if (by_reason.empty()) return;
  out << "\n### Not probed\n\n| Reason | Targets | Which |\n|---|---:|---|\n";
  for (const auto& [reason, skipped] : by_reason) {
    out << "| `" << to_string(reason) << "` | " << grouped(skipped.count) << " | " << skipped.examples
        << (skipped.count > max_examples ? ", ..." : "") << " |\n";
  }
}

void write_what_to_do(const SurveySummary& summary, std::ostream& out) {
  const bool exposed = summary.count(Verdict::cls_exposed) > 0;
  if (!exposed && summary.count(Verdict::media_range_open) == 0) return;
  out << "\n### What to do\n\n";
  if (exposed) {
    out << "- On each exposed Edge, block TCP 50001-50003 inbound on the external addresses: nothing outside "
           "needs the Centralised Logging Service agent.\n";
  }
  out << "- At the perimeter, stop passing TCP 50000-59999 inbound, unless federation with OCS 2007, or NAT "
         "with "
         "DNS load balancing and no hairpinning, needs it.\n"
         "- Then scan again: silence fits both a fixed host and a perimeter that now drops the probes.\n";
}

void write_limits(const SurveySource& survey, std::ostream& out) {
  out << "\n### Limits\n\n";
  if (survey.summary().count(Verdict::closed) > 0) {
    out << "- `closed` says that nothing in 50000-59999 answered from here, no more: a perimeter that drops "
           "the "
           "range, and an open one before a host that blocks the CLS ports itself, look alike.\n";
  }
  out << "- TCP only, seen from one vantage point; another source may be treated differently.\n";
}

void write_run(const SurveySource& survey, std::ostream& out) {
  const auto& run = survey.run();
  const auto& probes = survey.summary().probes();
  out << "\n<sub>edgesurvey " << code_span(run.tool_version) << ", " << to_iso8601(run.started) << " to "
      << to_iso8601(run.finished) << (run.vantage.empty() ? "" : ", from " + code_span(run.vantage))
      << ", seed " << run.seed << ". " << counted(probes.planned, "probe", "probes")
      << " planned = " << grouped(probes.open) << " open + " << grouped(probes.closed) << " closed + "
      << grouped(probes.filtered) << " filtered + " << grouped(probes.unknown) << " unknown + "
      << grouped(probes.not_run) << " not run.</sub>\n";
}

constexpr std::size_t max_rows = 20;  // of each table; a row has less than 450 characters
constexpr std::size_t reason_columns = 160;

void write_row(const HostSummary& host, const std::vector<std::string>& names, const Policy& policy,
               const Decision& decision, std::ostream& out) {
  out << "| `" << host.address.to_string() << "` | " << (names.empty() ? "" : code_span(names.front()))
      << " | `" << to_string(host.verdict) << "` | ";
  if (const auto* waiver = decision.waiver) {
    out << code_span(waiver->owner, 40) << " | " << to_string(waiver->expires) << " | "
        << code_span(waiver->reason, reason_columns) << " |\n";
  } else {
    out << code_span(why(policy, decision), reason_columns) << " |\n";
  }
}

void write_hosts(const SurveySource& survey, const JudgedPolicy& policy, Outcome outcome, std::ostream& out) {
  const auto count = policy.count(outcome);
  if (count == 0) return;
  out << (outcome == Outcome::broken
              ? "\n| Broken by | Name | Verdict | Rule |\n|---|---|---|---|\n"
              : "\n| Waived | Name | Verdict | Owner | Until | Why |\n|---|---|---|---|---|---|\n");
  std::size_t shown = 0;
  survey.for_each_summary([&](const HostSummary& host) {
    if (shown == max_rows) return;
    const auto& decision = policy.of(host.address);
    if (decision.outcome != outcome) return;
    write_row(host, survey.names_of(host.address), policy.policy(), decision, out);
    ++shown;
  });
  if (count > shown) out << "\nand " << grouped(count - shown) << " more: see the whole result.\n";
}

// What is to be cleared up in the policy itself: a pull request's comment is where its owner reads it.
void write_notes(const JudgedPolicy& policy, std::ostream& out) {
  const auto notes = policy.notes();
  if (notes.empty()) return;
  out << '\n';
  for (std::size_t i = 0; i < std::min(notes.size(), max_rows); ++i)
    out << "- " << code_span(notes[i], reason_columns) << '\n';
  if (notes.size() > max_rows) out << "- and " << grouped(notes.size() - max_rows) << " more\n";
}

// Nothing without a policy. Some 20,000 characters at most, whatever the survey and the policy.
void write_policy_markdown(const ReportInput& input, std::ostream& out) {
  const auto* judged = input.policy.get();
  if (judged == nullptr) return;
  const auto& policy = judged->policy();
  out << "\n### Policy\n\n" << code_span(policy.source) << ": " << outcome_counts(*judged) << ".\n";
  if (policy.expectations.empty() && policy.waivers.empty()) return;
  write_hosts(input.survey, *judged, Outcome::broken, out);
  write_hosts(input.survey, *judged, Outcome::waived, out);
  if (input.survey.run().complete) write_notes(*judged, out);
}

}  // namespace

void write_markdown(const ReportInput& input, std::ostream& out) {
  const auto& survey = input.survey;
  const auto& summary = survey.summary();
  write_headline(survey, out);
  write_verdicts(summary, out);
  write_exposed_hosts(survey, out);
  write_policy_markdown(input, out);
  write_skipped(survey, out);
  write_what_to_do(summary, out);
  write_limits(survey, out);
  write_run(survey, out);
}

}  // namespace edgesurvey
