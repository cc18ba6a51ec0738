#include "reports/history/history_table.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>

#include "reports/history/history_words.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/terminal.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t least_width = 60;
constexpr std::size_t least_bar = 12;

std::size_t width_of(const TableOptions& options) {
  return std::max(options.width, least_width);
}

// "#####---    ": up to the share, on to the upper end of its interval, and blank to the end of the scale.
std::string bar(const Interval& share, double scale, std::size_t columns) {
  const auto until = [&](double end) {
    const double cells = std::round(end / scale * static_cast<double>(columns));
    return std::min(columns, static_cast<std::size_t>(std::max(cells, 0.0)));
  };
  std::string text(until(share.share), '#');
  text.resize(std::max(until(share.high), text.size()), '-');
  return text;
}

class TrendLayout {
 public:
  TrendLayout(const std::vector<RunRecord>& runs, std::size_t width) : scale_(trend_scale(runs)) {
    for (const auto& run : runs) count_ = std::max(count_, grouped(run.addresses()).size());
    const std::size_t used = fixed_columns + 2 * count_;
    bar_ = width >= used + least_bar ? std::min(width - used, most_bar) : 0;
  }

  std::string titles() const {
    std::string line = "  " + padded("run (UTC)", 19) + right_aligned("hosts", count_) + "  " +
                       right_aligned("exposed", count_) + "   share     95 % CI";
    if (bar_ > 0) line += "   0" + right_aligned(whole_percent(scale_) + " %", bar_ - 1);
    return line;
  }

  std::string line(const RunRecord& run) const {
    std::string text = "  " + minute_of(run.started) + (run.complete ? "   " : " * ") +
                       right_aligned(grouped(run.addresses()), count_) + "  " +
                       right_aligned(grouped(run.count(Verdict::cls_exposed)), count_);
    if (run.addresses() == 0) return text + "  no address was judged";
    const auto share = run.share(Verdict::cls_exposed);
    text += "  " + right_aligned(percent(share.share) + " %", 7) + "  " +
            padded(percent(share.low) + "-" + percent(share.high), 10);
    if (bar_ > 0) text += "  " + bar(share, scale_, bar_);
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  }

 private:
  static constexpr std::size_t fixed_columns = 2 + 19 + 2 + 9 + 12 + 2;
  static constexpr std::size_t most_bar = 40;

  double scale_;
  std::size_t count_ = std::string_view("exposed").size();
  std::size_t bar_ = 0;
};

void write_notes(const std::vector<RunRecord>& runs, std::ostream& out, std::size_t width) {
  const bool incomplete =
      std::any_of(runs.begin(), runs.end(), [](const auto& run) { return !run.complete; });
  if (incomplete) out << "\n* incomplete: not every target was resolved and probed\n";
  const auto note = vantage_note(runs);
  if (!note.empty()) out << '\n' << paragraph(fit(printable(note), 10 * width), width) << '\n';
}

void write_stretch(const Stretch& stretch, std::ostream& out, const TableOptions& options,
                   std::string_view absent) {
  constexpr std::size_t text_column = 38;
  const std::size_t width = width_of(options);
  const std::string days = "  " + padded(days_of(stretch), 24) + "  " +
                           right_aligned(grouped(stretch.runs), 3) + (stretch.runs == 1 ? " run" : " runs");
  const bool beside = width >= 80;
  const std::string indent(beside ? text_column : 4, ' ');
  out << (beside ? padded(days, text_column) : days + '\n' + indent);
  const auto line = [&](const std::string& text, Colour colour) {
    std::string shown = paragraph(text, width - indent.size());
    for (auto at = shown.find('\n'); at != std::string::npos; at = shown.find('\n', at + 1)) {
      shown.insert(at + 1, indent);
    }
    out << in_colour(colour, shown, options.colour) << '\n';
  };
  if (!stretch.judged) return line(std::string(absent), Colour::faint);
  line(judgement_of(*stretch.judged), colour_of(stretch.judged->verdict));
  const auto evidence = evidence_of(stretch);
  if (evidence.empty()) return;
  out << indent;
  line(evidence, Colour::faint);
}

std::string names_line(const HostTimeline& host) {
  std::string names;
  for (const auto& name : host.names) names += (names.empty() ? "  " : ", ") + printable(name);
  return host.address.to_string() + names;
}

}  // namespace

void write_trend_table(const Trend& trend, std::ostream& out, const TableOptions& wanted) {
  const auto& runs = trend.runs;
  if (runs.empty()) {
    out << "No run is in this history yet.\n";
    return;
  }
  const std::size_t width = width_of(wanted);
  out << in_colour(Colour::headline, paragraph(trend_headline(runs), width), wanted.colour) << "\n\n";
  const TrendLayout layout(runs, width);
  out << in_colour(Colour::faint, layout.titles(), wanted.colour) << '\n';
  for (const auto& run : runs) {
    const bool exposed = run.count(Verdict::cls_exposed) > 0;
    const auto colour =
        !run.complete ? Colour::warning : colour_of(exposed ? Verdict::cls_exposed : Verdict::closed);
    out << in_colour(colour, layout.line(run), wanted.colour) << '\n';
  }
  write_notes(runs, out, width);
}

void write_timelines(const std::vector<HostTimeline>& hosts, std::ostream& out, const TableOptions& wanted,
                     std::string_view absent) {
  bool first = true;
  for (const auto& host : hosts) {
    if (!first) out << '\n';
    first = false;
    out << in_colour(Colour::headline, fit(names_line(host), width_of(wanted)), wanted.colour) << "\n\n";
    for (const auto& stretch : host.stretches) write_stretch(stretch, out, wanted, absent);
  }
}

}  // namespace edgesurvey
