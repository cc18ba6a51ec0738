#include "reports/format.hpp"

#include <array>

#include "reports/formats/writers.hpp"
#include "reports/html/html_report.hpp"

namespace edgesurvey {
namespace {

void write_plain_table(const ReportInput& input, std::ostream& out) {
  write_table(input, out);
}

constexpr std::array<Format<ReportInput>, 10> formats{{
    {".json", "the whole result; edgesurvey report reads it", write_json},
    {".csv", "a row for every target and address", write_csv},
    {".ndjson", "one JSON object a host and line", write_ndjson},
    {".jsonl", "the same", write_ndjson},
    {".html", "a page to read: charts, hosts, evidence", write_html},
    {".md", "the summary as Markdown, for a pull request", write_markdown},
    {".junit.xml", "a test case for every target and address", write_junit},
    {".sarif", "findings at the lines of the target file", write_sarif},
    {".nmap.xml", "as nmap writes it, for ndiff and others", write_nmap_xml},
    {".txt", "the summary as on the terminal", write_plain_table},
}};

}  // namespace

Formats<ReportInput> report_formats() {
  return formats;
}

}  // namespace edgesurvey
