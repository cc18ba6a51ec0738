// SIGINT, SIGTERM and SIGHUP: the first asks for a graceful end, the second leaves at once.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>

namespace edgesurvey {

class InterruptWatch {
 public:
  // on_first runs from the io_context, once. A second SIGINT or SIGTERM ends the process at once with status
  // 130 (the journal is already on disk, line by line). SIGHUP is left alone if it was ignored at the start.
  InterruptWatch(boost::asio::io_context& context, std::function<void()> on_first);
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  void cancel();  // lets the io_context run out of work

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace edgesurvey
