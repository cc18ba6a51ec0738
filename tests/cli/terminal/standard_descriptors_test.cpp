#include "cli/terminal/standard_descriptors.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "support/catch.hpp"
#include "support/in_child.hpp"

using namespace edgesurvey;
using namespace edgesurvey::test;

namespace {

bool write_fails_as_on_a_closed_one(int fd) {
  return ::write(fd, "x", 1) < 0 && errno == EBADF;
}

}  // namespace

TEST_CASE("no file opened later gets the number of a standard descriptor that was closed") {
  const int closed = GENERATE(0, 1, 2);
  const int status = status_of([closed] {
    ::close(closed);
    const bool occupied = occupy_standard_descriptors();
    ::_exit(occupied && ::open("/dev/null", O_RDONLY) > STDERR_FILENO ? 7 : 8);
  });
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 7);
}

TEST_CASE("with all three closed the input is empty and every output fails") {
  const int status = status_of([] {
    for (const int fd : {0, 1, 2}) ::close(fd);
    char byte = 0;
    const bool empty = occupy_standard_descriptors() && ::read(0, &byte, 1) == 0;
    ::_exit(empty && write_fails_as_on_a_closed_one(1) && write_fails_as_on_a_closed_one(2) ? 7 : 8);
  });
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 7);
}

TEST_CASE("descriptors that are open stay what they are") {
  const int status = status_of([] {
    const int file = ::open("/dev/zero", O_RDWR);
    ::dup2(file, 1);
    ::_exit(occupy_standard_descriptors() && ::write(1, "x", 1) == 1 ? 7 : 8);
  });
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 7);
}
