#include <spdlog/spdlog.h>
#include <unistd.h>

#include <functional>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/exit_status.hpp"
#include "cli/path_clashes.hpp"
#include "reports/format.hpp"
#include "reports/history/history_file.hpp"
#include "reports/history/history_json.hpp"
#include "reports/history/history_table.hpp"
#include "reports/report_error.hpp"
#include "targets/text.hpp"

namespace edgesurvey {
namespace {

// Where the JSON goes; nullopt after saying on stderr what is wrong with the path.
std::optional<Destination> json_destination(const HistoryOptions& options) {
  std::string why;
  auto destination = Destination::parse(options.output, &why);
  if (destination && destination->format->ending == ".json") return destination;
  spdlog::error("-o {}: a history is written as JSON: give a path that ends in .json, or -",
                printable(options.output));
  return std::nullopt;
}

int write_for_people(const std::function<void(std::ostream&, const TableOptions&)>& write) {
  write(std::cout, {.width = terminal_width(STDOUT_FILENO), .colour = wants_colour(STDOUT_FILENO)});
  std::cout.flush();
  if (std::cout) return exit_done;
  spdlog::error("could not write to the standard output");
  return exit_not_written;
}

int show_trend(const HistoryReader& history, const std::optional<Destination>& json) {
  if (json) {
    write_to(*json, [&](std::ostream& out) { write_history_json(history.runs(), out); });
    return exit_done;
  }
  return write_for_people([&](std::ostream& out, const TableOptions& table) {
    write_trend_table({.runs = history.runs()}, out, table);
  });
}

int show_host(const HistoryReader& history, const HistoryOptions& options,
              const std::optional<Destination>& json) {
  const auto hosts = timelines_of(history.runs(), history.sightings_of(options.host));
  if (hosts.empty()) {
    spdlog::error("no run in {} judged {}: write a name or an address as the targets had it",
                  quoted(options.history), quoted(options.host));
    return exit_usage;
  }
  if (json) {
    write_to(*json, [&](std::ostream& out) { write_history_json(history.runs(), options.host, hosts, out); });
    return exit_done;
  }
  const auto* const absent = Address::parse(options.host) ? "not judged" : "not judged by this name";
  return write_for_people(
      [&](std::ostream& out, const TableOptions& table) { write_timelines(hosts, out, table, absent); });
}

}  // namespace

int run_history(const HistoryOptions& options) {
  set_up_logging(false, false, nullptr);
  if (const auto clash = path_clash(options)) {
    spdlog::error("{}", *clash);
    return exit_usage;
  }
  std::optional<Destination> json;
  if (!options.output.empty() && !(json = json_destination(options))) return exit_usage;
  try {
    const HistoryReader history(options.history);
    return options.host.empty() ? show_trend(history, json) : show_host(history, options, json);
  } catch (const ReadError& error) {
    spdlog::error("{}", error.what());
    return exit_usage;
  } catch (const std::runtime_error& error) {
    spdlog::error("{}", error.what());
    return exit_not_written;
  }
}

}  // namespace edgesurvey
