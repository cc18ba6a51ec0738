#include "reports/diff/diff_format.hpp"

#include <ostream>

#include "reports/diff/caveat.hpp"
#include "reports/diff/explain.hpp"
#include "reports/text/escape.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey::diff {
namespace {

constexpr std::size_t max_rows = 80;           // a row has less than 700 characters, were all of them escaped
constexpr std::size_t max_notes = 3;           // of a row
constexpr std::size_t max_all_vantages = 400;  // of the sentence that names the vantage points

void write_counts(const SurveyDiff& diff, std::ostream& out) {
  out << "\n| Change | Hosts | Meaning |\n|---|---:|---|\n";
  for (const auto change : all_changes) {
    out << "| `" << to_string(change) << "` | " << grouped(diff.count(change)) << " | " << meaning(change)
        << " |\n";
  }
}

// Only names come from outside.
std::string why_cell(const Entry& entry) {
  std::string cell = gist(entry);
  std::size_t told = 0;
  for (const auto& note : entry.notes) {
    if (!cell.empty()) cell += "; ";
    if (told++ == max_notes) return cell + "...";
    if (names_note(entry, note)) cell += code_span(note.name) + ": ";
    cell += note.text;
  }
  return cell;
}

void write_row(const Entry& entry, std::ostream& out) {
  const bool says_so = entry.change == Change::newly_exposed || entry.change == Change::worse;
  out << "| `" << to_string(entry.change) << "`" << (entry.counts_as_worse && !says_so ? ", worse" : "")
      << " | `" << entry.shown().address.to_string() << "` | " << code_span(name_of(entry)) << " | `"
      << transition(entry) << "` | " << why_cell(entry) << " |\n";
}

void write_hosts(const SurveyDiff& diff, std::ostream& out) {
  std::size_t rows = 0;
  std::size_t left_out = 0;
  for (const auto& entry : diff.entries()) {
    if (entry.is_unchanged()) continue;
    if (rows == max_rows) {
      ++left_out;
      continue;
    }
    if (rows++ == 0)
      out << "\n### Hosts\n\n| Change | Address | Name | Verdict | Why |\n|---|---|---|---|---|\n";
    write_row(entry, out);
  }
  if (left_out > 0) out << "\nand " << grouped(left_out) << " more: see the JSON.\n";
}

void write_survey(std::string_view which, const SurveySnapshot& survey, std::ostream& out) {
  out << which << ' ' << to_iso8601(survey.run.started) << ", "
      << counted(survey.hosts.size(), "address", "addresses")
      << (survey.run.vantage.empty() ? "" : ", from " + code_span(survey.run.vantage));
}

}  // namespace

void write_markdown(const SurveyDiff& diff, std::ostream& out) {
  out << "## " << headline(diff) << '\n';
  const std::string caveats = in_one_sentence(caveats_of(diff));
  if (!caveats.empty()) out << "\n**Note:** " << code_span(caveats, max_all_vantages) << '\n';
  write_counts(diff, out);
  write_hosts(diff, out);
  if (findings_fell_silent(diff)) out << "\n" << what_silence_fits() << '\n';
  out << "\n<sub>";
  write_survey("Old:", diff.before(), out);
  write_survey(". New:", diff.now(), out);
  out << ".</sub>\n";
}

}  // namespace edgesurvey::diff
