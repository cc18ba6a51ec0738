#include "scanner/net/interrupt.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

// How a child that runs this ends, in the words of wait(2).
int status_of(const std::function<void()>& function) {
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

}  // namespace

TEST_CASE("the first signal asks for an end, once, and the loop goes on") {
  const int signal = GENERATE(SIGINT, SIGTERM);
  const int status = status_of([signal] {
    boost::asio::io_context context;
    int asked = 0;
    const InterruptWatch watch(context, [&] { ++asked; });
    ::raise(signal);
    context.run();
    ::_exit(asked == 1 ? 7 : 8);
  });
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 7);
}

TEST_CASE("the second signal leaves at once with status 130, even while the loop is busy") {
  const int second = GENERATE(SIGINT, SIGTERM);
  const int status = status_of([second] {
    boost::asio::io_context context;
    const InterruptWatch watch(context, [second] { ::raise(second); });  // inside the loop's only thread
    ::raise(SIGINT);
    context.run();
    ::_exit(7);
  });
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 130);
}

TEST_CASE("a cancelled watch keeps no loop alive and asks nothing") {
  boost::asio::io_context context;
  InterruptWatch watch(context, [] { FAIL("nobody interrupted"); });
  watch.cancel();
  REQUIRE(context.run() == 1);
}

TEST_CASE("a watch that is gone leaves the loop free to end") {
  boost::asio::io_context context;
  {
    const InterruptWatch watch(context, [] { FAIL("nobody interrupted"); });
  }
  REQUIRE(context.run() == 1);
}
