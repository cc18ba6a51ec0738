#include "reports/files/report_error.hpp"

#include <system_error>

#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

// Enough for any path a person can read.
constexpr std::size_t shown_path_bytes = 200;

std::string could_not(const char* deed, const std::string& path, int error_number) {
  return std::string("could not ") + deed + " " + quoted(path, shown_path_bytes) + ": " +
         std::generic_category().message(error_number);
}

}  // namespace

WriteError write_error(const std::string& path, int error_number) {
  return WriteError(could_not("write", path, error_number));
}

ReadError read_error(const std::string& path, int error_number) {
  return ReadError(could_not("read", path, error_number));
}

}  // namespace edgesurvey
