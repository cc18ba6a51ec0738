#include "reports/policy_markdown.hpp"

#include <ostream>

#include "reports/markdown_text.hpp"
#include "reports/numbers.hpp"
#include "reports/policy_summary.hpp"
#include "reports/policy_text.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t max_rows = 20;  // of each table; a row has less than 450 characters
constexpr std::size_t reason_columns = 160;

void write_row(const HostReport& host, const Policy& policy, const Decision& decision, std::ostream& out) {
  out << "| `" << host.evidence.address.to_string() << "` | "
      << (host.names.empty() ? "" : code_span(host.names.front())) << " | `"
      << to_string(host.judgement.verdict) << "` | ";
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
  survey.for_each_host([&](const HostReport& host) {
    if (shown == max_rows) return;
    const auto& decision = policy.of(host.evidence.address);
    if (decision.outcome != outcome) return;
    write_row(host, policy.policy(), decision, out);
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

}  // namespace

void write_policy_markdown(const SurveySource& survey, std::ostream& out) {
  const auto* judged = survey.policy();
  if (judged == nullptr) return;
  const auto& policy = judged->policy();
  out << "\n### Policy\n\n" << code_span(policy.source) << ": " << outcome_counts(*judged) << ".\n";
  if (policy.expectations.empty() && policy.waivers.empty()) return;
  write_hosts(survey, *judged, Outcome::broken, out);
  write_hosts(survey, *judged, Outcome::waived, out);
  if (survey.run().complete) write_notes(*judged, out);
}

}  // namespace edgesurvey
