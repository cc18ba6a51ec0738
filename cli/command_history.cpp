#include <ostream>

#include "cli/commands.hpp"
#include "cli/options/exit_status.hpp"
#include "cli/outputs.hpp"
#include "cli/path_clashes.hpp"
#include "cli/terminal/console.hpp"
#include "reports/history/history_file.hpp"
#include "reports/history/history_format.hpp"
#include "reports/history/history_table.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

HistoryView view_of(const HistoryOptions& options) {
  const HistoryReader history(options.history);
  HistoryView view{.host = options.host, .runs = history.runs(), .timelines = {}};
  if (view.host.empty()) return view;
  view.timelines = timelines_of(view.runs, history.sightings_of(view.host));
  if (view.timelines.empty())
    throw UsageError("no run in " + quoted(options.history) + " judged " + quoted(view.host) +
                     ": write a name or an address as the targets had it");
  return view;
}

void write_for_people(const HistoryView& view, std::ostream& out, const TableOptions& table) {
  if (view.host.empty()) return write_trend_table({.runs = view.runs}, out, table);
  const bool is_address = Address::parse(view.host).has_value();
  write_timelines(view.timelines, out, table, is_address ? "not judged" : "not judged by this name");
}

}  // namespace

int run_history(const HistoryOptions& options) {
  set_up_logging(options.output.quiet, options.output.verbose > 0, nullptr);
  const Outputs<HistoryView> outputs(options.output, history_formats());
  refuse_path_clashes(options);
  const auto view = view_of(options);
  if (!outputs.writable()) return exit_not_written;
  const bool shown =
      outputs.show([&](std::ostream& out, const TableOptions& table) { write_for_people(view, out, table); });
  return outputs.write(view) && shown ? exit_done : exit_not_written;
}

}  // namespace edgesurvey
