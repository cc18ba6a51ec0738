#include "cli/outputs.hpp"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "cli/console.hpp"
#include "cli/path_clashes.hpp"
#include "reports/report_error.hpp"
#include "reports/table.hpp"
#include "targets/text.hpp"

namespace edgesurvey {
namespace {

namespace fs = std::filesystem;

// Makes a file there and removes it: permissions alone do not tell (root, network and pseudo file systems).
int try_to_make_file_in(const fs::path& folder) {
  std::string probe = (folder / ".edgesurvey-XXXXXX").string();
  const int fd = ::mkstemp(probe.data());
  if (fd < 0) return errno;
  ::close(fd);
  ::unlink(probe.c_str());
  return 0;
}

// What could be in the way of a report there, as an errno; 0: nothing that can be told beforehand.
int obstacle(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) return EISDIR;
  if (fs::exists(status) && !fs::is_regular_file(status))
    return ::access(path.c_str(), W_OK) == 0 ? 0 : errno;
  const fs::path target = fs::weakly_canonical(fs::absolute(path, error), error);
  return error ? error.value() : try_to_make_file_in(target.parent_path());
}

}  // namespace

bool can_write(const std::string& path) {
  const int error_number = obstacle(path);
  if (error_number != 0) spdlog::error("{}", write_error(path, error_number).what());
  return error_number == 0;
}

bool show(bool stdout_taken, const std::function<void(std::ostream&, const TableOptions&)>& write) {
  std::ostream& out = stdout_taken ? std::cerr : std::cout;
  const int fd = stdout_taken ? STDERR_FILENO : STDOUT_FILENO;
  write(out, {.width = terminal_width(fd), .colour = wants_colour(fd)});
  out.flush();
  if (out || stdout_taken) return true;  // of the standard error nobody can be told anything
  spdlog::error("could not write the summary to the standard output");
  return false;
}

std::optional<Outputs> Outputs::parse(const OutputOptions& options) {
  Outputs outputs;
  outputs.quiet_ = options.quiet;
  for (const auto& path : options.paths) {
    std::string why;
    const auto destination = Destination::parse(path, &why);
    if (!destination) {
      std::cerr << "edgesurvey: -o " << printable(path) << ": " << why << '\n';
      return std::nullopt;
    }
    outputs.destinations_.push_back(*destination);
  }
  if (const auto clash = path_clash(options)) {
    std::cerr << "edgesurvey: " << *clash << '\n';
    return std::nullopt;
  }
  return outputs;
}

bool Outputs::writable() const {
  bool all = true;
  for (const auto& to : destinations_) all = (to.is_stdout || can_write(to.path)) && all;
  return all;
}

std::string Outputs::first_file() const {
  std::error_code error;
  for (const auto& to : destinations_)
    if (!to.is_stdout && (!fs::exists(to.path, error) || fs::is_regular_file(to.path, error))) return to.path;
  return {};
}

bool Outputs::write(const SurveySource& survey) const {
  bool written =
      show([&](std::ostream& out, const TableOptions& options) { write_table(survey, out, options); });
  for (const auto& to : destinations_) {
    try {
      write_report(to, survey);
      if (!to.is_stdout) spdlog::info("wrote {}", printable(to.path));
    } catch (const std::runtime_error& error) {
      spdlog::error("{}", error.what());
      written = false;
    }
  }
  return written;
}

bool Outputs::show(const std::function<void(std::ostream&, const TableOptions&)>& write) const {
  if (quiet_ && !destinations_.empty()) return true;
  return edgesurvey::show(std::any_of(destinations_.begin(), destinations_.end(),
                                      [](const Destination& to) { return to.is_stdout; }),
                          write);
}

}  // namespace edgesurvey
