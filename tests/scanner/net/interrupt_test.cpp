#include "scanner/net/interrupt.hpp"

#include <unistd.h>

#include <csignal>

#include "support/catch.hpp"
#include "support/in_child.hpp"

using namespace edgesurvey;
using namespace edgesurvey::test;

TEST_CASE("the first signal asks for an end, once, and the loop goes on") {
  const int signal = GENERATE(SIGINT, SIGTERM, SIGHUP);
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

// The shell sends one and the kernel another when a terminal goes.
TEST_CASE("a second hang-up ends nothing: it belongs to the first") {
  const int first = GENERATE(SIGINT, SIGHUP);
  const int status = status_of([first] {
    boost::asio::io_context context;
    const InterruptWatch watch(context, [] { ::raise(SIGHUP); });
    ::raise(first);
    context.run();
    ::_exit(7);
  });
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 7);
}

TEST_CASE("a hang-up that was ignored at the start, as under nohup, stays ignored") {
  const int status = status_of([] {
    std::signal(SIGHUP, SIG_IGN);
    boost::asio::io_context context;
    int asked = 0;
    InterruptWatch watch(context, [&] { ++asked; });
    ::raise(SIGHUP);
    context.poll();
    watch.cancel();
    ::raise(SIGHUP);
    ::_exit(asked == 0 ? 7 : 8);
  });
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) == 7);
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
