#include "tests/accuracy/virtual/kernel.hpp"

#include <algorithm>

#include "tests/accuracy/virtual/convert.hpp"

namespace edgesurvey::virtual_farm {
namespace {

// A connect measures so much more than the farm's spec says; see the farm's README.
constexpr Duration overhead = std::chrono::microseconds(200);
// An open port that is watched is let go after so long.
constexpr Duration watched = std::chrono::milliseconds(200);

ProbeOutcome outcome_of(const farm::Reaction& reaction, const farm::Host& host) {
  switch (reaction.answer) {
    case farm::Answer::syn_ack:
      return {.state = PortState::open, .reason = Reason::syn_ack};
    case farm::Answer::rst:
      return {.state = PortState::closed, .reason = Reason::conn_refused};
    case farm::Answer::icmp: {
      const auto [type, code] = host.firewall->icmp;
      const Address from = address_of(host.firewall->address);
      return {.state = PortState::filtered,
              .reason = reason_of_icmp(from.family(), type, code),
              .icmp = Icmp{type, code, from}};
    }
    case farm::Answer::silence:
      break;
  }
  return {.state = PortState::filtered, .reason = Reason::no_response};
}

}  // namespace

void Kernel::start(farm::HostModel& host, const StartProbe& step, Time now) {
  Flight& flight = flights_[step.ticket];
  flight = {.host = &host, .step = step, .started = now, .ends = now + step.probe.wait};
  add(flight.ends, step.ticket, false);
  send(flight, now);
}

// The answer to an earlier SYN may come after a later one was sent. An answer once a SYN was resent has no
// RTT (Karn's rule).
void Kernel::send(Flight& flight, Time now) {
  const ProbeTicket ticket = flight.step.ticket;
  ++syns_;
  if (now + first_resend < flight.ends) add(now + first_resend, ticket, true);
  const auto reaction = flight.host->on_syn(client_, flight.step.probe.port, farm_time(now));
  const Time back = now + reaction.after + overhead;
  if (reaction.answer == farm::Answer::silence || back >= flight.ends) return;
  flight.outcome = outcome_of(reaction, flight.host->spec());
  if (now == flight.started && back < now + first_resend) flight.outcome.rtt = back - now;
  flight.ends = back;
  if (flight.outcome.state == PortState::open && flight.step.probe.technique == Technique::watch) {
    flight.outcome.peer = PeerAct::idle;
    flight.ends += watched;
  }
  add(flight.ends, ticket, false);
}

void Kernel::run_until(Time now, const std::function<void(const Flight&)>& on_end) {
  while (next() <= now) {
    const Event event = events_.top();
    events_.pop();
    const auto found = flights_.find(event.ticket);
    if (found == flights_.end()) continue;  // it ended sooner
    if (event.is_syn && event.at < found->second.ends) send(found->second, event.at);
    if (event.is_syn || event.at != found->second.ends) continue;
    const Flight ended = found->second;
    flights_.erase(found);
    on_end(ended);
  }
}

}  // namespace edgesurvey::virtual_farm
