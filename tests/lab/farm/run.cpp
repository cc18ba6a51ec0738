#include "tests/lab/farm/run.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace edgesurvey::farm {
namespace {

constexpr std::size_t largest_packet = 65536;
constexpr int packets_between_deliveries = 32;  // so that a flood coming in does not hold up what is due

[[noreturn]] void fail(const std::string& what) {
  throw TunError(what + ": " + std::strerror(errno));
}

sigset_t our_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGUSR1, SIGCHLD}) sigaddset(&set, signal);
  return set;
}

// Ahead of the scanner that shares the machine, or its appetite for CPU would read as distance. Best effort:
// it takes root outside the namespace. What we start does not inherit it.
void run_ahead() {
  sched_param parameters{};
  parameters.sched_priority = 1;
  sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &parameters);
}

// In a process group of its own, so that ending it ends what it started; it dies with us.
pid_t start(const std::vector<std::string>& command) {
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const auto child = fork();
  if (child < 0) fail("cannot fork");
  if (child > 0) {
    setpgid(child, child);
    return child;
  }
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const auto set = our_signals();
  sigprocmask(SIG_UNBLOCK, &set, nullptr);
  execvp(arguments.front(), arguments.data());
  static constexpr std::string_view message = "edgefarm: cannot run the command\n";
  [[maybe_unused]] const auto written = write(STDERR_FILENO, message.data(), message.size());
  _exit(127);
}

class Loop {
 public:
  Loop(Farm& farm, const Tun& tun, const Run& run) : farm_(farm), tun_(tun), run_(run) {
    const auto set = our_signals();
    if (sigprocmask(SIG_BLOCK, &set, nullptr) != 0) fail("cannot block signals");
    signals_ = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    timer_ = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    epoll_ = epoll_create1(EPOLL_CLOEXEC);
    if (signals_ < 0 || timer_ < 0 || epoll_ < 0) fail("cannot make the event loop");
    for (const int fd : {tun.fd(), signals_, timer_}) watch(fd);
  }
  ~Loop() {
    for (const int fd : {signals_, timer_, epoll_}) close(fd);
  }
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  int serve() {
    run_ahead();
    if (!run_.command.empty()) child_ = start(run_.command);
    while (!status_) {
      deliver();
      arm();
      std::array<epoll_event, 4> events{};
      const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), -1);
      if (count < 0 && errno != EINTR) fail("epoll_wait");
      for (int i = 0; i < count; ++i) handle(events[static_cast<std::size_t>(i)].data.fd);
      if (run_.limit_s && now() >= from_s(*run_.limit_s)) time_is_up();
    }
    return *status_;
  }

 private:
  void watch(int fd) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    if (epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) != 0) fail("epoll_ctl");
  }

  Time now() const { return std::chrono::steady_clock::now() - opened_; }

  void handle(int fd) {
    if (fd == tun_.fd()) take_packets();
    if (fd == signals_) take_signals();
    if (fd == timer_) {
      std::uint64_t expirations = 0;
      [[maybe_unused]] const auto taken = read(timer_, &expirations, sizeof expirations);
    }
  }

  void take_packets() {
    for (int n = 1;; ++n) {
      const auto size = read(tun_.fd(), buffer_.data(), buffer_.size());
      if (size < 0) {
        if (errno == EAGAIN || errno == EINTR) return;
        fail("cannot read the TUN device");
      }
      farm_.receive(View(buffer_).first(static_cast<std::size_t>(size)), now());
      if (n % packets_between_deliveries == 0) deliver();
      if (n == 1024) return;  // signals and the time limit want their turn
    }
  }

  void deliver() {
    farm_.queue().release(now(), [this](View packet) {
      // A packet the kernel does not take (its queue is full) is one more that the network lost.
      [[maybe_unused]] const auto written = write(tun_.fd(), packet.data(), packet.size());
    });
  }

  // To the next packet due, at the latest to the end of the run.
  void arm() {
    auto due = farm_.queue().next_due();
    if (run_.limit_s && (!due || *due > from_s(*run_.limit_s))) due = from_s(*run_.limit_s);
    if (due == armed_) return;
    armed_ = due;
    itimerspec when{};
    if (due) {
      // steady_clock is CLOCK_MONOTONIC; 0 would disarm.
      const auto at = std::max<std::int64_t>((opened_.time_since_epoch() + *due).count(), 1);
      when.it_value.tv_sec = at / 1'000'000'000;
      when.it_value.tv_nsec = at % 1'000'000'000;
    }
    timerfd_settime(timer_, TFD_TIMER_ABSTIME, &when, nullptr);
  }

  void take_signals() {
    signalfd_siginfo info{};
    while (read(signals_, &info, sizeof info) == sizeof info) {
      if (info.ssi_signo == SIGCHLD) {
        reap();
      } else if (info.ssi_signo == SIGUSR1) {
        if (run_.on_report) run_.on_report();
      } else if (child_ > 0) {
        kill(-child_, static_cast<int>(info.ssi_signo));  // its end is ours
      } else {
        status_ = 0;
      }
    }
  }

  void reap() {
    int status = 0;
    if (child_ <= 0 || waitpid(child_, &status, WNOHANG) != child_) return;
    kill(-child_, SIGKILL);  // whatever it left behind would probe a network that is gone
    child_ = 0;
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  void time_is_up() {
    if (child_ > 0) {
      kill(-child_, SIGKILL);
      waitpid(child_, nullptr, 0);
    }
    status_ = exit_timed_out;
  }

  Farm& farm_;
  const Tun& tun_;
  const Run& run_;
  const std::chrono::steady_clock::time_point opened_ = std::chrono::steady_clock::now();
  int signals_ = -1, timer_ = -1, epoll_ = -1;
  pid_t child_ = 0;
  std::optional<int> status_;
  std::optional<Time> armed_;
  Bytes buffer_ = Bytes(largest_packet);
};

}  // namespace

int run(Farm& farm, const Tun& tun, const Run& what) {
  return Loop(farm, tun, what).serve();
}

}  // namespace edgesurvey::farm
