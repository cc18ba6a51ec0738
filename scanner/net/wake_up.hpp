// What ends the sleep of the engine's loop: a point in time, or results at the connector's descriptor.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <utility>

#include "scanner/time.hpp"

namespace edgesurvey {

class WakeUp {
 public:
  // The descriptor stays its owner's, who must outlive this; Asio only watches it.
  WakeUp(boost::asio::io_context& context, int descriptor) : results_(context, descriptor), timer_(context) {}
  ~WakeUp() { results_.release(); }
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;

  // Calls wake, from the context, when the descriptor is readable; does nothing while an earlier call still
  // waits for that. wake must keep this object alive until it is called or the context is gone.
  template <typename Wake>
  void at_results(Wake wake) {
    if (std::exchange(watching_, true)) return;
    results_.async_wait(boost::asio::posix::descriptor_base::wait_read,
                        [this, wake = std::move(wake)](const boost::system::error_code& error) {
                          watching_ = false;
                          if (!error) wake();
                        });
  }

  // Calls wake, from the context, at that time, instead of at any that was said before.
  template <typename Wake>
  void at(Time time, Wake wake) {
    timer_.expires_at(std::chrono::steady_clock::time_point(
        std::chrono::duration_cast<std::chrono::steady_clock::duration>(time.time_since_epoch())));
    timer_.async_wait([wake = std::move(wake)](const boost::system::error_code& error) {
      if (!error) wake();
    });
  }

  // Nothing is called any more, but for what was due already.
  void cancel() {
    timer_.cancel();
    results_.cancel();
  }

 private:
  boost::asio::posix::stream_descriptor results_;
  boost::asio::steady_timer timer_;
  bool watching_ = false;
};

}  // namespace edgesurvey
