#include "scanner/net/engine.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <utility>
#include <variant>
#include <vector>

#include "scanner/judging/classify.hpp"
#include "scanner/net/connect.hpp"
#include "scanner/net/wake_up.hpp"

namespace edgesurvey {
namespace {

namespace asio = boost::asio;

// How many steps are taken before results are looked at again, for until then an answer's RTT grows; and how
// many looks before other handlers get their turn.
constexpr int steps_per_look = 16;
constexpr int looks_per_turn = 128;

// The loop sleeps at least this long for the pace's sake: what falls due meanwhile starts together, within
// the pacer's tolerance. Results and new hosts wake it at once.
constexpr Duration shortest_nap = std::chrono::milliseconds(1);

// When not one descriptor is to be had for so many tries in a row, the probe has failed at home.
constexpr unsigned patience_without_descriptor = 50;

Time now() {
  return Time(std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch()));
}

WallTime wall_now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

template <typename... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};
template <typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>;

}  // namespace

class Engine::Impl : public std::enable_shared_from_this<Engine::Impl> {
 public:
  Impl(asio::io_context& context, Schedule& schedule, HostFeed& feed, EngineObserver& observer,
       EngineOptions options, std::function<void()> done)
      : context_(context),
        schedule_(schedule),
        feed_(feed),
        observer_(observer),
        options_(options),
        done_(std::move(done)),
        wake_up_(context, connector_.descriptor()) {}

  void turn();
  void stop();
  void hosts_available() {
    schedule_.hosts_available();
    turn();
  }
  // Whoever owned this is gone: nothing of theirs is touched again, and nothing keeps the loop alive.
  void detach() {
    finished_ = true;
    wake_up_.cancel();
  }

 private:
  enum class Next : std::uint8_t { go_on, look, wait, leave };

  void take_results();
  Next act(const Step& step);
  void start_probe(const StartProbe& step);
  void admit_host();
  void report(Evidence evidence);
  void wait_until(Time time);
  void leave();

  asio::io_context& context_;
  Schedule& schedule_;
  HostFeed& feed_;
  EngineObserver& observer_;
  const EngineOptions options_;
  const std::function<void()> done_;
  Connector connector_;
  WakeUp wake_up_;
  std::vector<Completion> completions_;
  Time drain_until_ = Time::max();
  unsigned without_descriptor_ = 0;
  bool finished_ = false;
};

// Whoever wakes the loop (a result, the clock, a new host) ends up here; it runs until there is nothing to do
// now.
void Engine::Impl::turn() {
  for (int look = 0; look < looks_per_turn && !finished_; ++look) {
    take_results();
    for (int taken = 0; taken < steps_per_look; ++taken) {
      const Next next = act(schedule_.next(now()));
      if (next == Next::leave) return leave();
      if (next == Next::wait) return;
      if (next == Next::look) break;
    }
  }
  if (!finished_) asio::post(context_, [self = shared_from_this()] { self->turn(); });
}

void Engine::Impl::take_results() {
  completions_.clear();
  const Time looked = now();
  connector_.collect(looked, completions_);
  if (looked >= drain_until_) connector_.abandon(completions_);
  for (const auto& completion : completions_) {
    schedule_.on_result(completion.ticket, completion.outcome, now());
    observer_.probe_ended();
  }
}

Engine::Impl::Next Engine::Impl::act(const Step& step) {
  return std::visit(Overloaded{[this](const StartProbe& start) {
                                 start_probe(start);
                                 return Next::go_on;
                               },
                               [this](const AdmitHost&) {
                                 admit_host();
                                 return Next::go_on;
                               },
                               [this](const HostFinished& finished) {
                                 report(finished.evidence);
                                 return Next::go_on;
                               },
                               [this](const WaitUntil& wait) {
                                 if (connector_.next_deadline() <= now()) return Next::look;
                                 wait_until(wait.time);
                                 return Next::wait;
                               },
                               [](const Finished&) { return Next::leave; }},
                    step);
}

void Engine::Impl::start_probe(const StartProbe& step) {
  const HostProbe& probe = step.probe;
  const ConnectRequest request{.ticket = step.ticket,
                               .address = step.address,
                               .port = probe.port,
                               .technique = probe.technique,
                               .timeout = probe.wait,
                               .watch = options_.watch};
  if (connector_.start(request, now()) == StartResult::started) {
    without_descriptor_ = 0;
    observer_.probe_started(step);
    schedule_.on_sent(step.ticket, now());
    return;
  }
  if (++without_descriptor_ > patience_without_descriptor) {
    schedule_.on_result(step.ticket,
                        {.state = PortState::unknown, .reason = Reason::local_error, .error_number = EMFILE},
                        now());
    return;
  }
  const std::size_t before = schedule_.max_in_flight();
  schedule_.return_unsent(step.ticket, now());
  if (schedule_.max_in_flight() < before) observer_.concurrency_lowered(schedule_.max_in_flight());
}

void Engine::Impl::admit_host() {
  Address address;
  switch (feed_.next_host(address)) {
    case HostFeed::Supply::host:
      return schedule_.admit(address);
    case HostFeed::Supply::not_yet:
      return schedule_.no_host_yet();
    case HostFeed::Supply::ended:
      return schedule_.no_more_hosts();
  }
}

void Engine::Impl::report(Evidence evidence) {
  HostReport report;
  report.judgement = classify(evidence);
  report.evidence = std::move(evidence);
  report.scanned_at = wall_now();
  observer_.host_judged(report);
}

void Engine::Impl::wait_until(Time time) {
  wake_up_.at_results([self = shared_from_this()] { self->turn(); });
  const Time paced = time == Time::max() ? time : std::max(time, now() + shortest_nap);
  const Time wake = std::min({paced, connector_.next_deadline(), drain_until_});
  if (wake != Time::max()) wake_up_.at(wake, [self = shared_from_this()] { self->turn(); });
}

void Engine::Impl::stop() {
  if (finished_ || drain_until_ != Time::max()) return;
  schedule_.stop(now());
  connector_.end_before_resends(now());
  drain_until_ = now() + options_.drain;
  turn();
}

void Engine::Impl::leave() {
  if (std::exchange(finished_, true)) return;
  wake_up_.cancel();
  asio::post(context_, done_);
}

Engine::Engine(boost::asio::io_context& context, Schedule& schedule, HostFeed& feed, EngineObserver& observer,
               EngineOptions options, std::function<void()> done)
    : impl_(std::make_shared<Impl>(context, schedule, feed, observer, options, std::move(done))) {}

Engine::~Engine() {
  impl_->detach();
}

void Engine::start() {
  impl_->turn();
}
void Engine::hosts_available() {
  impl_->hosts_available();
}
void Engine::stop() {
  impl_->stop();
}

}  // namespace edgesurvey
