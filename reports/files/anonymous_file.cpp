#include "reports/files/anonymous_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "reports/files/report_error.hpp"

namespace edgesurvey {

AnonymousFile make_anonymous_file() {
  std::error_code error;
  auto folder = std::filesystem::temp_directory_path(error);
  if (error) folder = "/tmp";
  const std::string pattern = folder / "edgesurvey-XXXXXX";
  std::string path = pattern;
  FileDescriptor file(::mkostemp(path.data(), O_CLOEXEC | O_APPEND));
  if (!file) throw write_error(pattern, errno);
  ::unlink(path.c_str());
  return {std::move(file), pattern};
}

}  // namespace edgesurvey
