#include "reports/html/host_row.hpp"

#include "reports/html/answer.hpp"
#include "reports/html/html_text.hpp"
#include "reports/survey/host_summary.hpp"
#include "reports/text/policy_text.hpp"
#include "reports/text/port_list.hpp"

namespace edgesurvey::html {
namespace {

constexpr std::string_view none = "\u2013";

std::string cell(std::string_view css_class, std::string_view content) {
  return "<td class=\"" + std::string(css_class) + "\">" + std::string(content.empty() ? none : content) +
         "</td>";
}

std::string names_cell(const std::vector<std::string>& names) {
  constexpr std::size_t enough = 3;  // the evidence has them all
  std::string list;
  for (std::size_t i = 0; i < names.size() && i < enough; ++i) {
    list += (i == 0 ? "" : " ") + isolated(names[i]);
  }
  if (names.size() > enough) list += " +" + std::to_string(names.size() - enough);
  return list;
}

std::string range_cell(const RangeEstimate& range) {
  if (!range.share) return "";
  return std::to_string(range.answered) + "/" + std::to_string(range.sampled);
}

std::string rtt_cell(const Evidence& evidence) {
  const auto rtt = path_rtt(evidence);
  return rtt ? milliseconds(*rtt) : "";
}

// Empty where the policy has nothing to say: no expectation is about the host, and it fails nothing.
std::string_view policy_cell(const Decision& decision) {
  if (decision.outcome != Outcome::kept) return to_string(decision.outcome);
  return decision.expectation != nullptr ? "expected" : "";
}

void append_decision(std::string& out, const Policy& policy, const Decision& decision) {
  const auto reason = why(policy, decision);
  if (reason.empty()) return;
  out += "<p class=\"decided\"><b>Policy:</b> " + isolated(reason) + ".</p>\n";
}

}  // namespace

std::string host_table_head(const HostColumns& columns) {
  const auto column = [](std::string_view sorted_by, std::string_view title) {
    return "<th scope=\"col\" data-sort=\"" + std::string(sorted_by) + "\">" + std::string(title) + "</th>";
  };
  return "<thead>\n<tr>" + column("verdict", "Verdict") + column("address", "Address") +
         column("text", "Name") + (columns.organisation ? column("text", "Organisation") : "") +
         column("text", "CLS open") + column("ratio", "Range") + column("number", "RTT") +
         column("confidence", "Sure") + (columns.policy != nullptr ? column("text", "Policy") : "") +
         "</tr>\n</thead>\n";
}

std::string host_row(const HostReport& host, const HostLabels::Label& label, const HostColumns& columns) {
  const auto& judgement = host.judgement;
  const std::string address = host.evidence.address.to_string();
  const std::string verdict(to_string(judgement.verdict));
  std::string row = "<tbody id=\"host-" + address + "\" class=\"" + verdict + "\"><tr>";
  row += "<td class=\"verdict\">" + verdict + "</td>";
  row += "<th scope=\"row\" class=\"address\">" + address + "</th>";
  row += cell("name", names_cell(host.names));
  if (columns.organisation)
    row += cell("org", label.organisation.empty() ? "" : isolated(label.organisation));
  row += cell("cls", to_port_list(open_cls_ports(host)));
  row += cell("range", range_cell(judgement.range));
  row += cell("rtt", rtt_cell(host.evidence));
  row += cell("sure", to_string(judgement.confidence));
  const auto* policy = columns.policy;
  if (policy != nullptr) row += cell("policy", policy_cell(policy->of(host.evidence.address)));
  row += "</tr><tr><td colspan=\"" + std::to_string(columns.count()) +
         "\"><details><summary><span>Evidence for " + address + "</span></summary><noscript>\n";
  if (policy != nullptr) append_decision(row, policy->policy(), policy->of(host.evidence.address));
  append_host_evidence(row, host, label);
  return row + "</noscript></details></td></tr></tbody>\n";
}

}  // namespace edgesurvey::html
