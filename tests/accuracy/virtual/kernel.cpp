#include "tests/accuracy/virtual/kernel.hpp"

#include <algorithm>

#include "tests/accuracy/virtual/convert.hpp"

namespace edgesurvey::virtual_farm {
namespace {

// A connect measures so much more than the farm's spec says; see the farm's README.
constexpr Duration overhead = std::chrono::microseconds(200);
// An open port that is watched is let go after so long.
constexpr Duration watched = std::chrono::milliseconds(200);

// A SYN-ACK that acknowledges what was never sent is answered by a RST, and the first SYN is sent again after
// so long (Linux, tcp_rcv_synsent_state_process: TCP_TIMEOUT_MIN).
constexpr Duration after_wrong_ack = std::chrono::milliseconds(8);

ProbeOutcome outcome_of(const farm::Reaction& reaction) {
  switch (reaction.answer) {
    case farm::Answer::syn_ack:
      return {.state = PortState::open, .reason = Reason::syn_ack};
    case farm::Answer::rst:
      return {.state = PortState::closed, .reason = Reason::conn_refused};
    case farm::Answer::icmp: {
      const auto [type, code] = reaction.icmp;
      const Address from = address_of(reaction.from);
      return {.state = PortState::filtered,
              .reason = reason_of_icmp(from.family(), type, code),
              .icmp = Icmp{type, code, from}};
    }
    case farm::Answer::wrong_syn_ack:
    case farm::Answer::silence:
      break;
  }
  return {.state = PortState::filtered, .reason = Reason::no_response};
}

bool ends_probe(farm::Answer answer) {
  return answer != farm::Answer::silence && answer != farm::Answer::wrong_syn_ack;
}

}  // namespace

void Kernel::start(farm::HostModel& host, const StartProbe& step, Time now) {
  Flight& flight = flights_[step.ticket];
  flight = {.host = &host, .step = step, .started = now, .ends = now + step.probe.wait};
  add(flight.ends, step.ticket, false);
  send(flight, now);
}

// The answer to an earlier SYN may come after a later one was sent. An answer once a SYN can have been resent
// for silence has no RTT (Karn's rule).
void Kernel::send(Flight& flight, Time now) {
  const ProbeTicket ticket = flight.step.ticket;
  ++syns_;
  const auto reaction = flight.host->on_syn(client_, flight.step.probe.port, farm_time(now));
  const Time back = now + reaction.after + overhead;
  flight.resend = now + first_resend;
  if (reaction.answer == farm::Answer::wrong_syn_ack && now == flight.started)
    flight.resend = std::min(flight.resend, back + after_wrong_ack);
  if (flight.resend < flight.ends) add(flight.resend, ticket, true);
  if (!ends_probe(reaction.answer) || back >= flight.ends) return;
  flight.outcome = outcome_of(reaction);
  if (back < flight.started + first_resend) flight.outcome.rtt = back - flight.started;
  flight.ends = back;
  if (flight.outcome.state == PortState::open && flight.step.probe.technique == Technique::watch) {
    flight.outcome.peer = reaction.then_reset ? PeerAct::reset : PeerAct::idle;
    if (!reaction.then_reset) flight.ends += watched;
  }
  add(flight.ends, ticket, false);
}

void Kernel::run_until(Time now, const std::function<void(const Flight&)>& on_end) {
  while (next() <= now) {
    const Event event = events_.top();
    events_.pop();
    const auto found = flights_.find(event.ticket);
    if (found == flights_.end()) continue;  // it ended sooner
    if (event.is_syn && event.at == found->second.resend && event.at < found->second.ends)
      send(found->second, event.at);
    if (event.is_syn || event.at != found->second.ends) continue;
    const Flight ended = found->second;
    flights_.erase(found);
    on_end(ended);
  }
}

}  // namespace edgesurvey::virtual_farm
