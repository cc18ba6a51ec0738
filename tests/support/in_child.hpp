// A test's body in a process of its own, for what would harm the process of the tests.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "support/catch.hpp"

namespace edgesurvey::test {

// How a child that runs this ends, in the words of wait(2).
inline int status_of(const std::function<void()>& function) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    function();
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return status;
}

}  // namespace edgesurvey::test
