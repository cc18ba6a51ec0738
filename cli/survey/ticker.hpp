// Something done again and again, until told to stop.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>

namespace edgesurvey {

class Ticker {
 public:
  // on_tick runs from the context, `every` after the construction and after each of its starts. The context
  // must outlive the ticker and does not run out of work before stop().
  Ticker(boost::asio::io_context& context, std::chrono::milliseconds every, std::function<void()> on_tick);
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

  // No tick comes after this, not even one that is due already.
  void stop();

 private:
  void wait();

  boost::asio::steady_timer timer_;
  std::chrono::milliseconds every_;
  std::shared_ptr<const std::function<void()>> on_tick_;  // none: stopped
};

}  // namespace edgesurvey
