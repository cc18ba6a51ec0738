#include "scanner/net/connect.hpp"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <system_error>
#include <utility>

#include "scanner/net/connect_outcome.hpp"
#include "scanner/net/deadline_wheel.hpp"
#include "scanner/net/flight.hpp"
#include "scanner/net/icmp_errors.hpp"
#include "scanner/net/kernel_settings.hpp"
#include "scanner/net/probe_socket.hpp"
#include "scanner/net/reusable_sockets.hpp"
#include "scanner/net/slot_table.hpp"

namespace edgesurvey {
namespace {

using Monotonic = std::chrono::steady_clock;

// As much as one collect() does, so that a flood of answers cannot hold up the engine's other business.
constexpr std::size_t max_at_once = 1024;

FileDescriptor make_epoll() {
  FileDescriptor epoll(::epoll_create1(EPOLL_CLOEXEC));
  if (!epoll) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  return epoll;
}

}  // namespace

class Connector::Impl {
 public:
  ~Impl() {
    flights_.for_each([](Flight& flight) { close_with_reset(std::move(flight.socket)); });
  }

  StartResult start(const ConnectRequest& request, Time now);
  void collect(Time now, std::vector<Completion>& completions);
  void abandon(std::vector<Completion>& completions);
  void end_before_resends(Time now);
  Time next_deadline() const { return at_once_.empty() ? deadlines_.next() : at_once_since_; }
  int descriptor() const { return epoll_.get(); }
  std::size_t in_flight() const { return flights_.size() - reusable_.size() + at_once_.size(); }

 private:
  // Every step says how the probe ended, or nullopt while it goes on.
  using Step = std::optional<ProbeOutcome>;

  bool start_on_reusable_socket(const ConnectRequest& request, Time now);
  FileDescriptor open_socket(Family family);
  bool may_be_reused(const ConnectRequest& request) const;
  Step launch(SlotKey key, Flight& flight);
  Step on_event(SlotKey key, Flight& flight, std::uint32_t events, Time now);
  Step on_error(SlotKey key, Flight& flight, std::uint32_t events, Time now);
  Step on_handshake(SlotKey key, Flight& flight, Time now);
  Step connect_again(SlotKey key, Flight& flight);
  Step begin_watch(SlotKey key, Flight& flight, Time now);

  std::size_t take_events(Time now, std::vector<Completion>& completions);
  void take_deadlines(Time now, std::vector<Completion>& completions);
  void finish(SlotKey key, Flight& flight, const ProbeOutcome& outcome, std::vector<Completion>& completions);

  FileDescriptor epoll_ = make_epoll();
  const LocalPortRange own_ports_ = local_port_range();
  const unsigned system_resends_ = syn_resends();
  SlotTable<Flight> flights_;
  ReusableSockets reusable_{max_at_once};  // more do not end in one collect()
  DeadlineWheel deadlines_;
  std::vector<Completion> at_once_;  // ended inside start(), to be delivered by collect()
  Time at_once_since_{};
  Monotonic::time_point read_at_;  // when the events at hand were taken
  std::vector<DeadlineWheel::Slot> due_;
  std::array<epoll_event, max_at_once> events_;
};

StartResult Connector::Impl::start(const ConnectRequest& request, Time now) {
  if (start_on_reusable_socket(request, now)) return StartResult::started;
  Flight flight;
  flight.request = request;
  flight.socket = open_socket(request.address.family());
  const int error = flight.socket ? 0 : errno;
  if (error == EMFILE || error == ENFILE) return StartResult::no_descriptor;

  const SlotKey key = flights_.insert(std::move(flight));
  const Step ended = error != 0 ? local_error_outcome(error) : launch(key, flights_.at(key));
  if (ended) {
    at_once_since_ = now;
    at_once_.push_back({request.ticket, *ended});
    flights_.erase(key);
  } else {
    deadlines_.insert(key.index, now, now + request.timeout);
  }
  return StartResult::started;
}

// A refused socket has its options and epoll's watch already: three system calls a probe instead of eight.
bool Connector::Impl::start_on_reusable_socket(const ConnectRequest& request, Time now) {
  if (!may_be_reused(request)) return false;
  const auto reusable = reusable_.take(request.address.family());
  if (!reusable) return false;
  const SlotKey key = *reusable;
  Flight& flight = flights_.at(key);
  flight = {.request = request, .socket = std::move(flight.socket), .sent = Monotonic::now()};
  if (send_syn(flight.socket.get(), flight.peer()) != 0) {
    flights_.erase(key);  // a new socket will do, or say what is wrong
    return false;
  }
  deadlines_.insert(key.index, now, now + request.timeout);
  return true;
}

// A reusable one gives way to it: so there are never more sockets than were in flight at once, and what the
// survey keeps of its descriptors for names and files stays theirs.
FileDescriptor Connector::Impl::open_socket(Family family) {
  if (const auto reusable = reusable_.take_any()) flights_.erase(*reusable);
  return open_probe_socket(family);
}

// Whether its socket's options are those of any other that may be reused.
bool Connector::Impl::may_be_reused(const ConnectRequest& request) const {
  return request.technique == Technique::half_open && request.timeout <= own_patience(system_resends_);
}

// Before the event queue is empty no deadline counts: the answer may have come in time and be waiting there.
void Connector::Impl::collect(Time now, std::vector<Completion>& completions) {
  completions.insert(completions.end(), at_once_.begin(), at_once_.end());
  at_once_.clear();
  if (take_events(now, completions) < max_at_once) take_deadlines(now, completions);
}

// A probe whose handshake is over has had its answer; only the watch is cut short.
void Connector::Impl::abandon(std::vector<Completion>& completions) {
  completions.insert(completions.end(), at_once_.begin(), at_once_.end());
  at_once_.clear();
  flights_.for_each_key([&](SlotKey key, Flight& flight) {
    if (flight.phase == Flight::Phase::reusable) return;
    deadlines_.erase(key.index);
    const bool watched = flight.phase == Flight::Phase::watching;
    finish(key, flight, watched ? open_outcome(flight.rtt) : ProbeOutcome{}, completions);
  });
}

void Connector::Impl::end_before_resends(Time now) {
  flights_.for_each_key([&](SlotKey key, const Flight& flight) {
    if (flight.phase != Flight::Phase::connecting || flight.request.timeout <= first_resend) return;
    const Time sent{std::chrono::duration_cast<Duration>(flight.sent.time_since_epoch())};
    const Time resent = sent + ((now - sent) / first_resend + 1) * first_resend;
    deadlines_.erase(key.index);
    deadlines_.insert(key.index, now, std::max(now, resent - (first_resend - one_syn_wait)));
  });
}

Connector::Impl::Step Connector::Impl::launch(SlotKey key, Flight& flight) {
  const ConnectRequest& request = flight.request;
  const int socket = flight.socket.get();
  request_icmp_errors(socket, request.address.family());
  if (request.technique == Technique::half_open) hold_back_last_ack(socket);
  keep_trying(socket, request.timeout, system_resends_);

  flight.sent = Monotonic::now();
  const int error = send_syn(socket, flight.peer());
  if (error == ECONNREFUSED) {
    // Some kernels know a loopback port's answer before connect() returns.
    const Duration rtt = Monotonic::now() - flight.sent;
    const auto refused = take_icmp_outcome(flight, rtt);
    return refused ? *refused : socket_error_outcome(error, rtt);
  }
  if (error != 0) return local_error_outcome(error);

  // Edge-triggered: a reusable socket is ready all the time.
  epoll_event event{EPOLLOUT | EPOLLET, {}};
  event.data.u64 = key.packed();
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, socket, &event) != 0) return local_error_outcome(errno);
  return std::nullopt;
}

std::size_t Connector::Impl::take_events(Time now, std::vector<Completion>& completions) {
  const int taken = ::epoll_wait(epoll_.get(), events_.data(), static_cast<int>(events_.size()), 0);
  if (taken <= 0) return 0;
  read_at_ = Monotonic::now();
  const auto count = static_cast<std::size_t>(taken);
  for (std::size_t i = 0; i < count; ++i) {
    const SlotKey key = SlotKey::unpacked(events_[i].data.u64);
    Flight* flight = flights_.find(key);
    if (flight == nullptr) continue;
    if (const Step ended = on_event(key, *flight, events_[i].events, now)) {
      deadlines_.erase(key.index);
      finish(key, *flight, *ended, completions);
    }
  }
  return count;
}

void Connector::Impl::take_deadlines(Time now, std::vector<Completion>& completions) {
  due_.clear();
  deadlines_.take_due(now, max_at_once, due_);
  for (const auto slot : due_) {
    const SlotKey key = flights_.key_of(slot);
    Flight& flight = flights_.at(key);
    const bool watched = flight.phase == Flight::Phase::watching;
    finish(key, flight, watched ? open_outcome(flight.rtt, PeerAct::idle) : silent_outcome(), completions);
  }
}

void Connector::Impl::finish(SlotKey key, Flight& flight, const ProbeOutcome& outcome,
                             std::vector<Completion>& completions) {
  completions.push_back({flight.request.ticket, outcome});
  if (flight.phase == Flight::Phase::reusable) return reusable_.add(flight.request.address.family(), key);
  if (outcome.state == PortState::open) close_with_reset(std::move(flight.socket));
  flights_.erase(key);
}

Connector::Impl::Step Connector::Impl::on_event(SlotKey key, Flight& flight, std::uint32_t events, Time now) {
  if (flight.phase == Flight::Phase::reusable) return std::nullopt;
  if (flight.phase == Flight::Phase::watching) {
    const auto act = take_peer_act(flight.socket.get());
    return act ? Step(open_outcome(flight.rtt, *act)) : std::nullopt;
  }
  return (events & (EPOLLERR | EPOLLHUP)) != 0 ? on_error(key, flight, events, now)
                                               : on_handshake(key, flight, now);
}

Connector::Impl::Step Connector::Impl::on_error(SlotKey key, Flight& flight, std::uint32_t events, Time now) {
  const int socket = flight.socket.get();
  const Duration rtt = unambiguous(read_at_ - flight.sent);
  if (const auto refused = take_icmp_outcome(flight, rtt)) return refused;
  const bool over = (events & EPOLLHUP) != 0;
  if (over && may_be_reused(flight.request)) {
    const int error = take_error_and_renew(socket, flight.peer());
    const bool reusable = error == ECONNREFUSED && reusable_.has_room(flight.request.address.family());
    if (reusable) flight.phase = Flight::Phase::reusable;
    return socket_error_outcome(error, rtt);
  }
  if (const int error = take_socket_error(socket); error != 0) return error_outcome(flight, error, rtt);
  if (over) return local_error_outcome(ENOTCONN);
  return (events & EPOLLOUT) != 0 ? on_handshake(key, flight, now) : std::nullopt;
}

Connector::Impl::Step Connector::Impl::on_handshake(SlotKey key, Flight& flight, Time now) {
  const int socket = flight.socket.get();
  if (own_ports_.contains(flight.request.port) && connected_to_itself(socket, flight.peer()))
    return connect_again(key, flight);
  const Duration elapsed = read_at_ - flight.sent;
  flight.rtt = elapsed < first_resend ? elapsed : kernel_rtt(socket).value_or(Duration::zero());
  if (flight.request.technique == Technique::watch) return begin_watch(key, flight, now);
  return open_outcome(flight.rtt);
}

// Being connected to ourselves tells nothing of the port. The old socket stays open until the next SYN has
// left, so that the kernel cannot choose the same port again.
Connector::Impl::Step Connector::Impl::connect_again(SlotKey key, Flight& flight) {
  FileDescriptor itself = std::move(flight.socket);
  Step ended;
  if (flight.met_itself) {
    ended = local_error_outcome(EADDRNOTAVAIL);
  } else {
    flight.met_itself = true;
    flight.socket = open_socket(flight.request.address.family());
    ended = flight.socket ? launch(key, flight) : local_error_outcome(errno);
  }
  close_with_reset(std::move(itself));
  return ended;
}

Connector::Impl::Step Connector::Impl::begin_watch(SlotKey key, Flight& flight, Time now) {
  flight.phase = Flight::Phase::watching;
  epoll_event event{EPOLLIN | EPOLLRDHUP, {}};
  event.data.u64 = key.packed();
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_MOD, flight.socket.get(), &event) != 0)
    return open_outcome(flight.rtt);
  deadlines_.erase(key.index);
  deadlines_.insert(key.index, now, now + flight.request.watch);
  return std::nullopt;
}

Connector::Connector() : impl_(std::make_unique<Impl>()) {}
Connector::~Connector() = default;
StartResult Connector::start(const ConnectRequest& request, Time now) {
  return impl_->start(request, now);
}
void Connector::collect(Time now, std::vector<Completion>& completions) {
  impl_->collect(now, completions);
}
void Connector::abandon(std::vector<Completion>& completions) {
  impl_->abandon(completions);
}
void Connector::end_before_resends(Time now) {
  impl_->end_before_resends(now);
}
Time Connector::next_deadline() const {
  return impl_->next_deadline();
}
int Connector::descriptor() const {
  return impl_->descriptor();
}
std::size_t Connector::in_flight() const {
  return impl_->in_flight();
}

}  // namespace edgesurvey
