#include "cli/terminal/standard_descriptors.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace edgesurvey {

bool occupy_standard_descriptors() {
  constexpr std::array standard{STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};
  // Open for reading alone, the output descriptors too: that is what makes a write fail. A descriptor opened
  // gets the lowest number that is free, and those below are taken.
  return std::all_of(standard.begin(), standard.end(), [](int fd) {
    const bool closed = ::fcntl(fd, F_GETFD) < 0 && errno == EBADF;
    return !closed || ::open("/dev/null", O_RDONLY) == fd;
  });
}

}  // namespace edgesurvey
