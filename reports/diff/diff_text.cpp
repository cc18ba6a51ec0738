#include "reports/diff/diff_format.hpp"

#include <algorithm>
#include <ostream>

#include "reports/diff/caveat.hpp"
#include "reports/diff/explain.hpp"
#include "reports/text/escape.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/terminal.hpp"
#include "reports/text/timestamp.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey::diff {
namespace {

constexpr std::size_t least_width = 60;
constexpr std::size_t gap = 2;
constexpr std::size_t least_why_width = 20;   // less says nothing: a second line
constexpr std::size_t least_name_width = 10;  // likewise: left out
constexpr std::size_t second_line_indent = 6;

Colour colour_of(const Entry& entry) {
  if (entry.counts_as_worse) return edgesurvey::colour_of(entry.now->verdict);
  switch (entry.change) {
    case Change::better:
    case Change::fixed:
      return Colour::green;
    case Change::not_comparable:
      return Colour::sky_blue;
    default:
      return Colour::faint;
  }
}

// "why  name", the name in what the why leaves.
std::string tail(const Entry& entry, std::size_t width) {
  std::string text = fit(printable(why(entry)), width);
  const std::size_t used = columns(text) + (text.empty() ? 0 : gap);
  const std::string name = printable(name_of(entry));
  if (name.empty() || used + std::min(least_name_width, columns(name)) > width) return text;
  return text + std::string(text.empty() ? 0 : gap, ' ') + fit(name, width - used);
}

// The lines of one kind of change: columns as wide as the widest that leaves room for the rest. A host for
// which there is no room has two lines.
class Layout {
 public:
  Layout(const std::vector<const Entry*>& entries, std::size_t width) : width_(width) {
    for (const auto* entry : entries) {
      const std::size_t address = entry->shown().address.to_string().size();
      const std::size_t verdicts = transition(*entry).size();
      if (start_of(std::max(address, address_width_), std::max(verdicts, verdicts_width_)) + least_why_width >
          width)
        continue;
      address_width_ = std::max(address_width_, address);
      verdicts_width_ = std::max(verdicts_width_, verdicts);
    }
  }

  std::string shown(const Entry& entry) const {
    const std::string address = entry.shown().address.to_string();
    const std::string verdicts = transition(entry);
    if (address.size() > address_width_ || verdicts.size() > verdicts_width_) return in_two_lines(entry);
    const std::string start =
        padded("", gap) + padded(address, address_width_ + gap) + padded(verdicts, verdicts_width_ + gap);
    return trimmed(start + tail(entry, width_ - start.size()));
  }

 private:
  static std::size_t start_of(std::size_t address, std::size_t verdicts) {
    return gap + address + gap + verdicts + gap;
  }

  std::string in_two_lines(const Entry& entry) const {
    const std::string start = padded("", gap) + entry.shown().address.to_string() + padded("", gap);
    const std::string second = padded("", second_line_indent) + transition(entry) + padded("", gap);
    return trimmed(start + fit(printable(name_of(entry)), width_ - start.size())) + '\n' +
           trimmed(second + fit(printable(why(entry)), width_ - second.size()));
  }

  static std::string trimmed(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  }

  std::size_t width_;
  std::size_t address_width_ = 0;
  std::size_t verdicts_width_ = 0;
};

void write_survey(std::string_view which, const SurveySnapshot& survey, std::ostream& out,
                  std::size_t width) {
  const std::string from = survey.run.vantage.empty() ? "" : ", from " + printable(survey.run.vantage);
  out << fit(std::string(which) + "  " + to_iso8601(survey.run.started) + ", " +
                 counted(survey.hosts.size(), "address", "addresses") + from,
             width)
      << '\n';
}

std::vector<const Entry*> entries_to_show(const SurveyDiff& diff, Change change) {
  std::vector<const Entry*> entries;
  for (const auto& entry : diff.entries())
    if (entry.change == change && !entry.is_unchanged()) entries.push_back(&entry);
  return entries;
}

std::string title(const SurveyDiff& diff, Change change, std::size_t shown, bool some_count) {
  const std::string count = change == Change::same
                                ? grouped(shown) + " of " + grouped(diff.count(change)) + " with a difference"
                                : grouped(shown);
  return std::string(to_string(change)) + ": " + count + " (" + std::string(meaning(change)) +
         (some_count ? "; findings count as worse)" : ")");
}

void write_change(const SurveyDiff& diff, Change change, std::ostream& out, const TableOptions& options) {
  auto entries = entries_to_show(diff, change);
  if (entries.empty()) return;
  const bool some_count = (change == Change::appeared || change == Change::not_comparable) &&
                          entries.front()->counts_as_worse;  // they stand first
  out << '\n' << paragraph(title(diff, change, entries.size(), some_count), options.width) << '\n';
  const std::size_t all = entries.size();
  entries.resize(std::min(all, options.max_hosts));
  const Layout layout(entries, options.width);
  for (const auto* entry : entries)
    out << in_colour(colour_of(*entry), layout.shown(*entry), options.colour) << '\n';
  if (all > entries.size()) out << "  and " << grouped(all - entries.size()) << " more: see -o diff.json\n";
}

}  // namespace

std::string headline(const SurveyDiff& diff) {
  if (diff.worse() == 0) return "No host is worse than before";
  return counted(diff.worse(), "host is", "hosts are") + " worse than before";
}

std::string count_line(const SurveyDiff& diff) {
  std::string text;
  for (const auto change : all_changes)
    text += (text.empty() ? "" : ", ") + grouped(diff.count(change)) + " " + std::string(to_string(change));
  return text + ".";
}

void write_text(const SurveyDiff& diff, std::ostream& out, const TableOptions& wanted) {
  TableOptions options = wanted;
  options.width = std::max(options.width, least_width);
  out << in_colour(Colour::headline, headline(diff), options.colour) << '\n';
  write_survey("old", diff.before(), out, options.width);
  write_survey("new", diff.now(), out, options.width);
  const std::string caveats = in_one_sentence(caveats_of(diff));
  if (!caveats.empty())
    out << in_colour(Colour::warning, paragraph(caveats, options.width), options.colour) << '\n';
  for (const auto change : all_changes) write_change(diff, change, out, options);
  if (findings_fell_silent(diff)) out << '\n' << paragraph(what_silence_fits(), options.width) << '\n';
  out << '\n' << paragraph(count_line(diff), options.width) << '\n';
}

}  // namespace edgesurvey::diff
