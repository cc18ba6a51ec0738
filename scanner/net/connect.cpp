#include "scanner/net/connect.hpp"

#include <cerrno>
#include <chrono>
#include <optional>
#include <utility>

#include "scanner/net/connect_outcome.hpp"
#include "scanner/net/deadline_wheel.hpp"
#include "scanner/net/flight.hpp"
#include "scanner/net/kernel_settings.hpp"
#include "scanner/net/probe_socket.hpp"
#include "scanner/net/reusable_sockets.hpp"
#include "scanner/net/slot_table.hpp"
#include "scanner/net/socket_events.hpp"

namespace edgesurvey {

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
  int descriptor() const { return events_.descriptor(); }
  std::size_t in_flight() const { return flights_.size() - reusable_.size() + at_once_.size(); }

 private:
  static constexpr std::size_t max_at_once = SocketEvents::max_at_once;

  // Every step says how the probe ended, or nullopt while it goes on.
  using Step = std::optional<ProbeOutcome>;

  bool start_on_reusable_socket(const ConnectRequest& request, Time now);
  FileDescriptor open_socket(Family family);
  bool may_be_reused(const ConnectRequest& request) const;
  Step launch(SlotKey key, Flight& flight);
  Step on_event(const SocketEvent& event, Flight& flight, Time now);
  Step on_error(const SocketEvent& event, Flight& flight, Time now);
  Step on_handshake(SlotKey key, Flight& flight, Time now);
  Step connect_again(SlotKey key, Flight& flight);
  Step begin_watch(SlotKey key, Flight& flight, Time now);

  std::size_t take_events(Time now, std::vector<Completion>& completions);
  void take_deadlines(Time now, std::vector<Completion>& completions);
  void finish(SlotKey key, Flight& flight, const ProbeOutcome& outcome, std::vector<Completion>& completions);

  const LocalPortRange own_ports_ = local_port_range();
  const unsigned system_resends_ = syn_resends();
  SocketEvents events_;
  SlotTable<Flight> flights_;
  ReusableSockets reusable_{max_at_once};  // more do not end in one collect()
  DeadlineWheel deadlines_;
  std::vector<Completion> at_once_;  // ended inside start(), to be delivered by collect()
  Time at_once_since_{};
  std::vector<DeadlineWheel::Slot> due_;
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
  flight = {.request = request, .socket = std::move(flight.socket), .sent = std::chrono::steady_clock::now()};
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

void Connector::Impl::abandon(std::vector<Completion>& completions) {
  completions.insert(completions.end(), at_once_.begin(), at_once_.end());
  at_once_.clear();
  flights_.for_each_key([&](SlotKey key, Flight& flight) {
    if (flight.phase == Flight::Phase::reusable) return;
    deadlines_.erase(key.index);
    finish(key, flight, outcome_if_abandoned(flight), completions);
  });
}

void Connector::Impl::end_before_resends(Time now) {
  flights_.for_each_key([&](SlotKey key, const Flight& flight) {
    if (flight.phase != Flight::Phase::connecting || flight.request.timeout <= first_resend) return;
    deadlines_.move(key.index, now, before_next_syn(flight, now));
  });
}

Connector::Impl::Step Connector::Impl::launch(SlotKey key, Flight& flight) {
  if (const Step ended = send_first_syn(flight, system_resends_)) return ended;
  if (!events_.watch_connect(flight.socket.get(), key)) return local_error_outcome(errno);
  return std::nullopt;
}

std::size_t Connector::Impl::take_events(Time now, std::vector<Completion>& completions) {
  const auto& events = events_.take();
  for (const SocketEvent& event : events) {
    Flight* flight = flights_.find(event.key);
    if (flight == nullptr) continue;
    if (const Step ended = on_event(event, *flight, now)) {
      deadlines_.erase(event.key.index);
      finish(event.key, *flight, *ended, completions);
    }
  }
  return events.size();
}

void Connector::Impl::take_deadlines(Time now, std::vector<Completion>& completions) {
  due_.clear();
  deadlines_.take_due(now, max_at_once, due_);
  for (const auto slot : due_) {
    const SlotKey key = flights_.key_of(slot);
    Flight& flight = flights_.at(key);
    finish(key, flight, outcome_at_deadline(flight), completions);
  }
}

void Connector::Impl::finish(SlotKey key, Flight& flight, const ProbeOutcome& outcome,
                             std::vector<Completion>& completions) {
  completions.push_back({flight.request.ticket, outcome});
  if (flight.phase == Flight::Phase::reusable) return reusable_.add(flight.request.address.family(), key);
  if (outcome.state == PortState::open) close_with_reset(std::move(flight.socket));
  flights_.erase(key);
}

Connector::Impl::Step Connector::Impl::on_event(const SocketEvent& event, Flight& flight, Time now) {
  if (flight.phase == Flight::Phase::reusable) return std::nullopt;
  if (flight.phase == Flight::Phase::watching) {
    const auto act = take_peer_act(flight.socket.get());
    return act ? Step(open_outcome(flight.rtt, *act)) : std::nullopt;
  }
  return event.failed ? on_error(event, flight, now) : on_handshake(event.key, flight, now);
}

Connector::Impl::Step Connector::Impl::on_error(const SocketEvent& event, Flight& flight, Time now) {
  const int socket = flight.socket.get();
  const Duration rtt = unambiguous(events_.taken_at() - flight.sent);
  if (const auto refused = take_icmp_outcome(flight, rtt)) return refused;
  if (event.hung_up && may_be_reused(flight.request)) {
    const int error = take_error_and_renew(socket, flight.peer());
    const bool reusable = error == ECONNREFUSED && reusable_.has_room(flight.request.address.family());
    if (reusable) flight.phase = Flight::Phase::reusable;
    return socket_error_outcome(error, rtt);
  }
  if (const int error = take_socket_error(socket); error != 0) return error_outcome(flight, error, rtt);
  if (event.hung_up) return local_error_outcome(ENOTCONN);
  return event.writable ? on_handshake(event.key, flight, now) : std::nullopt;
}

Connector::Impl::Step Connector::Impl::on_handshake(SlotKey key, Flight& flight, Time now) {
  if (own_ports_.contains(flight.request.port) && connected_to_itself(flight.socket.get(), flight.peer()))
    return connect_again(key, flight);
  flight.rtt = handshake_rtt(flight, events_.taken_at() - flight.sent);
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
  if (!events_.watch_peer(flight.socket.get(), key)) return open_outcome(flight.rtt);
  deadlines_.move(key.index, now, now + flight.request.watch);
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
