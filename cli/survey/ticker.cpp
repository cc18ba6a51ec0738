#include "cli/survey/ticker.hpp"

#include <utility>

namespace edgesurvey {

Ticker::Ticker(boost::asio::io_context& context, std::chrono::milliseconds every,
               std::function<void()> on_tick)
    : timer_(context),
      every_(every),
      on_tick_(std::make_shared<const std::function<void()>>(std::move(on_tick))) {
  wait();
}

void Ticker::stop() {
  on_tick_.reset();
  timer_.cancel();
}

// A timer that has expired can no longer be cancelled: its handler is on its way, without an error, and one
// that waited again would keep the context at work for ever. So the handler asks whether there is still a
// tick. It waits for the next before this one, which may be the one that stops us.
void Ticker::wait() {
  timer_.expires_after(every_);
  timer_.async_wait([this, weak = std::weak_ptr(on_tick_)](const boost::system::error_code&) {
    const auto on_tick = weak.lock();
    if (!on_tick) return;
    wait();
    (*on_tick)();
  });
}

}  // namespace edgesurvey
