#include "cli/survey/ticker.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

TEST_CASE("a ticker ticks until it is stopped, and then lets the context run out of work") {
  boost::asio::io_context context;
  int ticks = 0;
  Ticker ticker(context, 1ms, [&] {
    if (++ticks == 3) ticker.stop();
  });
  context.run_for(10s);
  CHECK(ticks == 3);
  CHECK(context.stopped());  // out of work
}

TEST_CASE("a ticker stopped when its tick is due already does not tick, nor does one that is gone by then") {
  const bool is_destroyed = GENERATE(false, true);
  boost::asio::io_context context;
  int ticks = 0;
  // Both timers have expired when the context first looks, and the earlier one is served first: the other's
  // handler is on its way by then.
  boost::asio::steady_timer earlier(context, std::chrono::steady_clock::now() - 1ms);
  auto ticker = std::make_unique<Ticker>(context, 0ms, [&] { ++ticks; });
  earlier.async_wait([&](const boost::system::error_code&) {
    if (is_destroyed)
      ticker.reset();
    else
      ticker->stop();
  });
  CHECK(context.run_for(1s) > 0);
  CHECK(ticks == 0);
  CHECK(context.stopped());  // out of work
}
