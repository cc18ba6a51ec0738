#include "reports/html/page_sections.hpp"

#include "reports/html/advice.hpp"
#include "reports/html/html_text.hpp"
#include "reports/text/numbers.hpp"

namespace edgesurvey::html {
namespace {

// The numbers stand beside it in words, so screen readers pass it by.
std::string bar(const Interval& share) {
  const std::string low = percent(share.low);
  const std::string high = percent(share.high);
  return "<svg class=\"bar\" viewBox=\"0 0 100 16\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
         "<path class=\"grid\" d=\"M0 0v16M25 0v16M50 0v16M75 0v16M100 0v16\"/><rect y=\"3\" width=\"" +
         percent(share.share) + "\" height=\"10\"/><path class=\"ci\" d=\"M" + low + " 8H" + high + "M" +
         low + " 4v8M" + high + " 4v8\"/></svg>";
}

constexpr std::string_view scale =
    "<th scope=\"col\" class=\"scale\"><span>0</span><span>25</span><span>50</span><span>75</span>"
    "<span>100 %</span></th>";

std::string share_cells(const Interval& share) {
  return "<td class=\"share\">" + share_with_interval(share) + "</td><td class=\"plot\">" + bar(share) +
         "</td>";
}

std::string verdict_row(const SurveySummary& summary, Verdict verdict) {
  const std::string name(to_string(verdict));
  return "<tr class=\"" + name + "\"><th scope=\"row\"><a class=\"verdict\" href=\"#hosts\" data-verdict=\"" +
         name + "\">" + name + "</a> <small>" + escaped(meaning(verdict)) +
         "</small></th><td class=\"count\">" + grouped(summary.count(verdict)) + "</td>" +
         share_cells(summary.share(verdict)) + "</tr>\n";
}

std::string organisation_row(const Organisation& organisation) {
  const std::string name = escaped(organisation.name);
  return std::string("<tr class=\"") + (organisation.exposed > 0 ? "cls-exposed" : "closed") +
         "\"><th scope=\"row\"><a href=\"#hosts\" data-find=\"" + name + "\"><bdi>" + name +
         "</bdi></a></th><td class=\"count\">" + grouped(organisation.exposed) + " of " +
         grouped(organisation.addresses) + "</td>" +
         share_cells(proportion(organisation.exposed, organisation.addresses)) + "</tr>\n";
}

std::string organisation_table(std::string_view caption, const std::string& rows) {
  return "<table class=\"chart\">\n<caption>" + std::string(caption) +
         "</caption>\n<thead><tr><th scope=\"col\">Organisation</th><th scope=\"col\" "
         "class=\"count\">Exposed</th>"
         "<th scope=\"col\" class=\"share\">Share</th>" +
         std::string(scale) + "</tr></thead>\n<tbody>\n" + rows + "</tbody>\n</table>\n";
}

}  // namespace

std::string verdict_chart(const SurveySummary& summary) {
  std::string rows;
  for (const auto verdict : all_verdicts) rows += verdict_row(summary, verdict);
  return "<table class=\"chart\">\n<caption>Verdicts of " +
         counted(summary.addresses(), "address", "addresses") +
         ": bars are shares, whiskers their 95 % intervals (Clopper-Pearson)</caption>\n"
         "<thead><tr><th scope=\"col\">Verdict</th><th scope=\"col\" class=\"count\">Addresses</th>"
         "<th scope=\"col\" class=\"share\">Share</th>" +
         std::string(scale) + "</tr></thead>\n<tbody>\n" + rows + "</tbody>\n</table>\n";
}

std::string organisation_chart(const Overview& overview) {
  constexpr std::size_t charted = 12;
  const auto& all = overview.organisations();
  std::string shown;
  std::string rest;
  std::size_t rows_shown = 0;
  std::size_t rows_left = 0;
  for (const auto& organisation : all) {
    // An interval of one address says nothing: a share is drawn at once only where there are several.
    const bool at_once = organisation.addresses > 1 && rows_shown < charted;
    (at_once ? shown : rest) += organisation_row(organisation);
    ++(at_once ? rows_shown : rows_left);
  }
  std::string html = "<p>" + grouped(overview.exposed_organisations()) + " of " +
                     counted(all.size(), "organisation", "organisations") + " (" +
                     share_with_interval(proportion(overview.exposed_organisations(), all.size())) + ") " +
                     (overview.exposed_organisations() == 1 ? "has" : "have") +
                     " at least one address that exposes CLS ports.</p>\n";
  if (rows_shown > 0) {
    html += organisation_table(
        "Addresses that expose CLS ports, by organisation: the worst of those with several", shown);
  }
  if (rows_left > 0) {
    html += "<details>\n<summary>" + std::string(rows_shown > 0 ? "The other " : "All ") +
            counted(rows_left, "organisation", "organisations") + "</summary>\n" +
            organisation_table("Addresses that expose CLS ports, by organisation", rest) + "</details>\n";
  }
  return html;
}

}  // namespace edgesurvey::html
