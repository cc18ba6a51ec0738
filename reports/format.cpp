#include "reports/format.hpp"

#include <array>

#include "reports/csv.hpp"
#include "reports/endings.hpp"
#include "reports/html/html_report.hpp"
#include "reports/json.hpp"
#include "reports/junit.hpp"
#include "reports/markdown.hpp"
#include "reports/nmap_xml.hpp"
#include "reports/sarif.hpp"
#include "reports/table.hpp"
#include "targets/text.hpp"

namespace edgesurvey {
namespace {

void write_plain_table(const SurveySource& survey, std::ostream& out) {
  write_table(survey, out);
}

// The longest ending that fits counts: ".nmap.xml" before ".xml".
constexpr std::array formats{
    Format{".json", "the whole result; edgesurvey report reads it", write_json},
    Format{".csv", "a row for every target and address", write_csv},
    Format{".ndjson", "one JSON object a host and line", write_ndjson},
    Format{".jsonl", "the same", write_ndjson},
    Format{".html", "a page to read: charts, hosts, evidence", write_html},
    Format{".md", "the summary as Markdown, for a pull request", write_markdown},
    Format{".junit.xml", "a test case for every target and address", write_junit},
    Format{".sarif", "findings at the lines of the target file", write_sarif},
    Format{".nmap.xml", "as nmap writes it, for ndiff and others", write_nmap_xml},
    Format{".txt", "the summary as on the terminal", write_plain_table},
};
constexpr const Format& format_of_bare_stdout = formats[0];

}  // namespace

std::string known_endings() {
  return list_of_endings(formats);
}

std::optional<Destination> Destination::parse(std::string_view path, std::string* why) {
  if (path == "-") return Destination{.path = "-", .is_stdout = true, .format = &format_of_bare_stdout};
  const auto* format = format_of(formats, path);
  if (format == nullptr) {
    if (why != nullptr) *why = quoted(path) + " does not end in a known format: " + known_endings();
    return std::nullopt;
  }
  return Destination{
      .path = std::string(path), .is_stdout = is_stdout_with(path, format->ending), .format = format};
}

void write_to(const Destination& destination, const std::function<void(std::ostream&)>& write) {
  write_output(destination.path, destination.is_stdout, write);
}

void write_report(const Destination& destination, const SurveySource& survey) {
  write_to(destination, [&](std::ostream& out) { destination.format->write(survey, out); });
}

}  // namespace edgesurvey
