#include "reports/formats/table_sections.hpp"

#include <algorithm>
#include <array>
#include <ostream>

#include "reports/survey/host_summary.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/port_list.hpp"
#include "reports/text/terminal.hpp"
#include "targets/host_name.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t least_name_width = 8;  // shorter says nothing

struct Line {
  std::string address;
  std::string ports;       // "50001-50003"
  std::string range;       // "62/64": answered of sampled
  std::string confidence;  // "high"
  std::string name;
  std::string name_asked;  // with what DNS is asked beside it, where that is not the same
};
using Cell = std::string Line::*;

// In the order they are shown, and with what is given up first at the end.
struct Column {
  Cell cell;
  std::string_view title;
};
constexpr std::array<Column, 4> fixed_columns{{{&Line::address, "address"},
                                               {&Line::ports, "CLS open"},
                                               {&Line::confidence, "sure"},
                                               {&Line::range, "range"}}};

std::string range_cell(const HostSummary& host) {
  return std::to_string(host.range_answered) + "/" + std::to_string(host.range_sampled);
}

std::string others_cell(const std::vector<std::string>& names) {
  return names.size() > 1 ? " +" + std::to_string(names.size() - 1) : "";
}

Line line_of(const HostSummary& host, const std::vector<std::string>& names) {
  const std::string name = names.empty() ? "" : names.front();
  return {.address = host.address.to_string(),
          .ports = to_port_list(host.cls_open),
          .range = range_cell(host),
          .confidence = std::string(to_string(host.confidence)),
          .name = printable(name) + others_cell(names),
          .name_asked = with_a_label(name) + others_cell(names)};
}

std::size_t width_of(const std::vector<Line>& lines, const Column& column) {
  std::size_t width = column.title.size();
  for (const auto& line : lines) width = std::max(width, (line.*column.cell).size());
  return width;
}

// Writes the columns that fit; the name gets what is left.
class Layout {
 public:
  Layout(const std::vector<Line>& lines, std::size_t width) : left_(width) {
    for (const auto& column : fixed_columns) {
      const std::size_t needed = gap + width_of(lines, column);
      if (needed > left_) break;
      left_ -= needed;
      widths_.push_back(needed - gap);
    }
  }

  std::string shown(const Line& line) const {
    std::string text;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      text += std::string(gap, ' ') + padded(line.*fixed_columns[i].cell, widths_[i]);
    }
    if (left_ >= gap + least_name_width) text += std::string(gap, ' ') + name_of(line, left_ - gap);
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
  }

 private:
  static std::string name_of(const Line& line, std::size_t width) {
    return columns(line.name_asked) <= width ? line.name_asked : fit(line.name, width);
  }

  std::size_t left_;
  std::vector<std::size_t> widths_;
};

Line titles() {
  Line line;
  for (const auto& column : fixed_columns) line.*column.cell = column.title;
  line.name = line.name_asked = "name";
  return line;
}

}  // namespace

void write_exposed_hosts(const SurveySource& survey, std::ostream& out, const TableOptions& options) {
  const auto exposed = survey.summary().count(Verdict::cls_exposed);
  if (exposed == 0) return;
  std::vector<Line> lines;
  survey.for_each_summary([&](const HostSummary& host) {
    if (host.verdict != Verdict::cls_exposed || lines.size() == options.max_hosts) return;
    lines.push_back(line_of(host, survey.names_of(host.address)));
  });
  const Layout layout(lines, options.width);
  out << "\nExposed hosts (range: sampled ports that answered)\n";
  out << in_colour(Colour::faint, layout.shown(titles()), options.colour) << '\n';
  for (const auto& line : lines) {
    out << in_colour(colour_of(Verdict::cls_exposed), layout.shown(line), options.colour) << '\n';
  }
  if (exposed > lines.size()) out << "  and " << grouped(exposed - lines.size()) << " more: see the report\n";
}

}  // namespace edgesurvey
