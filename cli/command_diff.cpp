#include <spdlog/spdlog.h>

#include <algorithm>
#include <iostream>
#include <optional>
#include <utility>
#include <vector>

#include "cli/baseline.hpp"
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/exit_status.hpp"
#include "cli/outputs.hpp"
#include "cli/path_clashes.hpp"
#include "reports/diff/diff_format.hpp"
#include "reports/diff/diff_text.hpp"
#include "reports/report_error.hpp"
#include "targets/text.hpp"

namespace edgesurvey {
namespace {

using Destinations = std::vector<diff::Destination>;

// nullopt after saying on stderr what is wrong.
std::optional<Destinations> parse_destinations(const DiffOptions& options) {
  Destinations destinations;
  for (const auto& path : options.output.paths) {
    std::string why;
    const auto destination = diff::Destination::parse(path, &why);
    if (!destination) {
      std::cerr << "edgesurvey: -o " << printable(path) << ": " << why << '\n';
      return std::nullopt;
    }
    destinations.push_back(*destination);
  }
  if (const auto clash = path_clash(options)) {
    std::cerr << "edgesurvey: " << *clash << '\n';
    return std::nullopt;
  }
  return destinations;
}

bool all_writable(const Destinations& destinations) {
  bool all = true;
  for (const auto& to : destinations) all = (to.is_stdout || can_write(to.path)) && all;
  return all;
}

bool show_changes(const diff::SurveyDiff& changes, const Destinations& destinations, bool quiet) {
  if (quiet && !destinations.empty()) return true;
  const bool stdout_taken = std::any_of(destinations.begin(), destinations.end(),
                                        [](const diff::Destination& to) { return to.is_stdout; });
  return show(stdout_taken, [&](std::ostream& out, const TableOptions& options) {
    diff::write_text(changes, out, options);
  });
}

bool write_all(const diff::SurveyDiff& changes, const Destinations& destinations) {
  bool written = true;
  for (const auto& to : destinations) {
    try {
      write_diff(to, changes);
      if (!to.is_stdout) spdlog::info("wrote {}", printable(to.path));
    } catch (const WriteError& error) {
      spdlog::error("{}", error.what());
      written = false;
    }
  }
  return written;
}

}  // namespace

int run_diff(const DiffOptions& options) {
  set_up_logging(options.output.quiet, options.output.verbose, nullptr);
  const auto destinations = parse_destinations(options);
  if (!destinations) return exit_usage;
  try {
    auto before = read_snapshot(options.before);
    auto now = read_snapshot(options.now);
    const diff::SurveyDiff changes(std::move(before), std::move(now));
    if (!all_writable(*destinations)) return exit_not_written;
    const bool shown = show_changes(changes, *destinations, options.output.quiet);
    if (!write_all(changes, *destinations) || !shown) return exit_not_written;
    return changes.worse() > 0 ? exit_broken : exit_done;
  } catch (const ReadError& error) {
    spdlog::error("{}", error.what());
    return exit_usage;
  }
}

}  // namespace edgesurvey
