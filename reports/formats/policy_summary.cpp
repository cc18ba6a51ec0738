#include "reports/formats/table_sections.hpp"

#include <algorithm>
#include <ostream>

#include "reports/survey/judged_policy.hpp"
#include "reports/text/escape.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/policy_text.hpp"
#include "reports/text/terminal.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

// The first line stands two columns in, those after it four. A word that is too long for a line is cut.
std::string hanging(const std::string& text, std::size_t width) {
  const std::string broken_up = paragraph(text, width - 4);
  std::string lines;
  for (std::size_t begin = 0; begin <= broken_up.size();) {
    const std::size_t end = std::min(broken_up.find('\n', begin), broken_up.size());
    lines += (begin == 0 ? "  " : "\n    ") + fit(broken_up.substr(begin, end - begin), width - 4);
    begin = end + 1;
  }
  return lines;
}

std::string entry_of(const HostSummary& host, const std::vector<std::string>& names, const Policy& policy,
                     const Decision& decision) {
  std::string text = host.address.to_string();
  if (!names.empty()) {
    const auto others = names.size() - 1;
    text += " (" + names.front() + (others > 0 ? " +" + grouped(others) : "") + ")";
  }
  return printable(text + ": " + std::string(to_string(host.verdict)) + ", " + why(policy, decision));
}

void write_hosts(const SurveySource& survey, const JudgedPolicy& policy, Outcome outcome, std::ostream& out,
                 const TableOptions& options) {
  const auto count = policy.count(outcome);
  if (count == 0) return;
  out << (outcome == Outcome::broken ? "Broken by\n" : "Waived\n");
  std::size_t shown = 0;
  survey.for_each_summary([&](const HostSummary& host) {
    if (shown == options.max_hosts) return;
    const auto& decision = policy.of(host.address);
    if (decision.outcome != outcome) return;
    const auto colour = outcome == Outcome::broken ? colour_of(host.verdict) : Colour::faint;
    out << in_colour(colour,
                     hanging(entry_of(host, survey.names_of(host.address), policy.policy(), decision),
                             options.width),
                     options.colour)
        << '\n';
    ++shown;
  });
  if (count > shown) out << "  and " << grouped(count - shown) << " more: see the report\n";
}

}  // namespace

void write_policy_summary(const ReportInput& input, std::ostream& out, const TableOptions& options) {
  const auto* judged = input.policy.get();
  if (judged == nullptr) return;
  const auto& policy = judged->policy();
  out << '\n'
      << paragraph("Policy " + printable(policy.source) + ": " + outcome_counts(*judged), options.width)
      << '\n';
  if (policy.expectations.empty() && policy.waivers.empty()) return;
  write_hosts(input.survey, *judged, Outcome::broken, out, options);
  write_hosts(input.survey, *judged, Outcome::waived, out, options);
}

}  // namespace edgesurvey
