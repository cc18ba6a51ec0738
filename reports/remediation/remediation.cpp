#include "reports/remediation/remediation.hpp"

#include "reports/remediation/plain_text.hpp"
#include "reports/remediation/texts.hpp"
#include "reports/remediation/verification.hpp"
#include "reports/survey/host_summary.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/port_list.hpp"
#include "reports/text/terminal.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey {
namespace {

using namespace remediation;

constexpr std::size_t width = 118;

// "50001-50003  sip.contoso.example and 1 more"
std::string what_was_seen(const ExposedEdge& edge) {
  std::string text = to_port_list(edge.open);
  if (!edge.name.empty()) text += "  " + plain_name(edge.name);
  if (edge.other_names > 0) text += " and " + grouped(edge.other_names) + " more";
  return text;
}

std::string survey_of(const Remediation& remediation) {
  const auto exposed = remediation.exposed.size();
  std::string text = "The survey of " + to_iso8601(remediation.run.started) + " found " + grouped(exposed) +
                     " of " + counted(remediation.judged, "address", "addresses") + " exposed.";
  if (!remediation.run.complete)
    text += " It is not complete: of addresses that it did not judge it knows nothing.";
  return paragraph(text, width);
}

std::string found(const Remediation& remediation) {
  std::string lines;
  for (const auto& edge : remediation.exposed)
    lines += "    " + padded("'" + edge.address.to_string() + "'", 41) + "  # " + what_was_seen(edge) + '\n';
  return lines;
}

std::string addresses(const Remediation& remediation) {
  std::string lines;
  for (const auto& edge : remediation.exposed)
    lines += "    " + padded(edge.address.to_string(), 39) + "  TCP " + what_was_seen(edge) + '\n';
  return lines;
}

std::string how_to_verify(const Remediation& remediation) {
  std::vector<Address> exposed;
  for (const auto& edge : remediation.exposed) exposed.push_back(edge.address);
  std::string commands;
  for (const auto& command :
       verification(remediation.run, remediation.result_path, remediation.next_path, exposed))
    commands += "    " + command + '\n';
  return fill(verify, {{"@commands@", commands}});
}

std::string with_crlf(std::string_view text) {
  std::string lines;
  for (const char c : text) {
    if (c == '\n') lines += '\r';
    lines += c;
  }
  return lines;
}

}  // namespace

Remediation remediation_of(const SurveySource& survey, std::string_view result_path,
                           std::string_view next_path) {
  Remediation remediation{.judged = survey.summary().addresses(),
                          .run = survey.run(),
                          .result_path = std::string(result_path),
                          .next_path = std::string(next_path)};
  survey.for_each_summary([&](const HostSummary& host) {
    if (host.verdict != Verdict::cls_exposed) return;
    const auto names = survey.names_of(host.address);
    remediation.exposed.push_back({.address = host.address,
                                   .open = host.cls_open,
                                   .name = names.empty() ? "" : names.front(),
                                   .other_names = names.empty() ? 0 : names.size() - 1});
  });
  return remediation;
}

std::string remediation_script(const Remediation& remediation) {
  return with_crlf(fill(edge_script, {{"@survey@", survey_of(remediation)},
                                      {"@found@", found(remediation)},
                                      {"@perimeter@", std::string(perimeter)},
                                      {"@verify@", how_to_verify(remediation)}}));
}

std::string remediation_note(const Remediation& remediation) {
  return fill(note, {{"@survey@", survey_of(remediation)},
                     {"@addresses@", addresses(remediation)},
                     {"@perimeter@", std::string(perimeter)},
                     {"@verify@", how_to_verify(remediation)}});
}

namespace {

void write_script(const Remediation& remediation, std::ostream& out) {
  out << remediation_script(remediation);
}

void write_note(const Remediation& remediation, std::ostream& out) {
  out << remediation_note(remediation);
}

constexpr std::array<Format<Remediation>, 3> formats{{
    {".ps1", "the script to run on the Edge", write_script},
    {".md", "the note for people, with the rule to ask the firewall team for", write_note},
    {".txt", "the same", write_note},
}};

}  // namespace

Formats<Remediation> remediation_formats() {
  return formats;
}

}  // namespace edgesurvey
