#include <utility>

#include "cli/baseline.hpp"
#include "cli/commands.hpp"
#include "cli/options/exit_status.hpp"
#include "cli/outputs.hpp"
#include "cli/path_clashes.hpp"
#include "cli/terminal/console.hpp"
#include "reports/diff/diff_format.hpp"

namespace edgesurvey {

int run_diff(const DiffOptions& options) {
  set_up_logging(options.output.quiet, options.output.verbose > 0, nullptr);
  const Outputs<diff::SurveyDiff> outputs(options.output, diff::diff_formats());
  refuse_path_clashes(options);
  auto before = read_snapshot(options.before);
  auto now = read_snapshot(options.now);
  const diff::SurveyDiff changes(std::move(before), std::move(now));
  if (!outputs.writable()) return exit_not_written;
  const bool shown = outputs.show(
      [&](std::ostream& out, const TableOptions& table) { diff::write_text(changes, out, table); });
  if (!outputs.write(changes) || !shown) return exit_not_written;
  return changes.worse() > 0 ? exit_broken : exit_done;
}

}  // namespace edgesurvey
