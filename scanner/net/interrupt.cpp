#include "scanner/net/interrupt.hpp"

#include <unistd.h>

#include <boost/asio/basic_signal_set.hpp>
#include <csignal>
#include <utility>

namespace edgesurvey {
namespace {

constexpr int interrupted_status = 130;

extern "C" void leave_at_once(int) {
  ::_exit(interrupted_status);
}

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

// Outside the event loop on purpose: the second signal must work while the loop is busy writing reports. A
// second hang-up is no second wish: the shell sends one and the kernel another when a terminal goes.
void leave_at_next_signal() {
  struct sigaction action {};
  action.sa_handler = leave_at_once;
  ::sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGHUP, SIG_IGN);
}

}  // namespace

class InterruptWatch::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(boost::asio::io_context& context, std::function<void()> on_first)
      : signals_(context, SIGINT, SIGTERM), on_first_(std::move(on_first)) {
    if (!is_ignored(SIGHUP)) signals_.add(SIGHUP);  // nohup: somebody wants the run to outlive the terminal
  }

  void wait() {
    signals_.async_wait([self = weak_from_this()](const boost::system::error_code& error, int) {
      if (const auto impl = self.lock(); impl && !error) impl->first();
    });
  }

  // Signals do as usual again: whoever is writing reports can be ended.
  void cancel() {
    signals_.cancel();
    if (!std::exchange(handed_over_, true)) signals_.clear();
  }

 private:
  void first() {
    signals_.clear();
    handed_over_ = true;
    leave_at_next_signal();
    on_first_();
  }

  boost::asio::basic_signal_set<boost::asio::io_context::executor_type> signals_;
  std::function<void()> on_first_;
  bool handed_over_ = false;  // signals are no longer ours
};

InterruptWatch::InterruptWatch(boost::asio::io_context& context, std::function<void()> on_first)
    : impl_(std::make_shared<Impl>(context, std::move(on_first))) {
  impl_->wait();
}

InterruptWatch::~InterruptWatch() = default;

void InterruptWatch::cancel() {
  impl_->cancel();
}

}  // namespace edgesurvey
