#include "cli/standard_descriptors.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <initializer_list>

namespace edgesurvey {

// Open for reading alone, the output descriptors too: that is what makes a write fail. A descriptor opened
// gets the lowest number that is free, and those below are taken.
bool occupy_standard_descriptors() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    const bool closed = ::fcntl(fd, F_GETFD) < 0 && errno == EBADF;
    if (closed && ::open("/dev/null", O_RDONLY) != fd) return false;
  }
  return true;
}

}  // namespace edgesurvey
