#include "cli/outputs.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "cli/terminal/console.hpp"
#include "reports/files/report_error.hpp"
#include "targets/text/text.hpp"

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
  if (error_number != 0) log_error(write_error(path, error_number).what());
  return error_number == 0;
}

bool takes_regular_file(const std::string& path) {
  std::error_code error;
  return !fs::exists(path, error) || fs::is_regular_file(path, error);
}

bool write_and_tell(const std::string& path, bool is_stdout, const std::function<void()>& write) {
  try {
    write();
    if (!is_stdout) log_info("wrote " + printable(path));
    return true;
  } catch (const std::runtime_error& error) {
    log_error(error.what());
    return false;
  }
}

bool show_people(bool stdout_taken, const std::function<void(std::ostream&, const TableOptions&)>& write) {
  std::ostream& out = stdout_taken ? std::cerr : std::cout;
  const int fd = stdout_taken ? STDERR_FILENO : STDOUT_FILENO;
  write(out, {.width = terminal_width(fd), .colour = wants_colour(fd)});
  return stdout_taken || stdout_arrived();  // of the standard error nobody can be told anything
}

}  // namespace edgesurvey
