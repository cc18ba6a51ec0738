#include "tests/lab/farm/farm.hpp"

#include <algorithm>

#include "tests/lab/farm/draw.hpp"

namespace edgesurvey::farm {
namespace {

constexpr std::size_t most_connections = 1U << 18U;
constexpr std::size_t most_in_flight = 1U << 20U;
constexpr std::size_t most_strays = 20;
constexpr std::uint32_t beyond_any_window = 1U << 30U;        // of an acknowledgement of what was never sent
constexpr Time reset_delay = std::chrono::microseconds(100);  // between a SYN-ACK and the RST that follows
constexpr Time dns_delay = std::chrono::milliseconds(1);

// What is left of each speaker's TTL: a Windows host 12 hops away, boxes some hops nearer.
constexpr std::uint8_t host_ttl = 128 - 12;
constexpr std::uint8_t box_ttl = 64 - 7;

std::uint8_t ttl_of(Speaker speaker) {
  return speaker == Speaker::host ? host_ttl : box_ttl;
}

Segment answer_to(const Segment& segment) {
  Segment answer;
  answer.from = segment.to;
  answer.to = segment.from;
  answer.from_port = segment.to_port;
  answer.to_port = segment.from_port;
  return answer;
}

bool accepted_by(Acceptor::Kind kind, const HostModel& host, std::uint16_t port) {
  const auto& acceptor = host.spec().acceptor;
  return acceptor && acceptor->kind == kind && acceptor->ports.contains(port);
}

std::uint16_t window_of(const HostModel& host, std::uint16_t port) {
  return accepted_by(Acceptor::Kind::tarpit, host, port) ? 0 : 64240;
}

std::uint32_t length_in_sequence(const Segment& segment) {
  return static_cast<std::uint32_t>(segment.payload.size()) + ((segment.flags & tcp::fin) != 0 ? 1U : 0U);
}

}  // namespace

Farm::Farm(const Spec& spec)
    : seed_(spec.seed),
      dns_address_(spec.dns),
      names_(spec),
      hosts_(models_of(spec)),
      connections_(most_connections),
      queue_(most_in_flight) {
  for (std::size_t i = 0; i < hosts_.size(); ++i) by_address_.emplace(spec.hosts[i].address, i);
}

void Farm::receive(View packet, Time now) {
  ++counters_.packets;
  const auto datagram = parse_datagram(packet);
  if (!datagram) {
    ++counters_.not_understood;
    return;
  }
  if (dns_address_ && datagram->to == *dns_address_) return on_dns(*datagram, now);
  const auto found = by_address_.find(datagram->to);
  if (found == by_address_.end()) return on_stray(*datagram);
  auto& host = hosts_[found->second];
  if (is_echo_request(*datagram)) return on_echo(host, *datagram, now);
  const auto segment = parse_tcp(*datagram);
  if (!segment) {
    ++counters_.not_understood;
  } else if ((segment->flags & tcp::rst) != 0) {
    ++counters_.resets;
    connections_.close(key_of(*segment));
  } else if ((segment->flags & (tcp::syn | tcp::ack)) == tcp::syn) {
    on_syn(host, *datagram, *segment, now);
  } else if ((segment->flags & tcp::ack) != 0) {
    on_ack(host, *segment, now);
  }
}

void Farm::on_stray(const Datagram& datagram) {
  if (datagram.to.multicast()) {
    ++counters_.multicasts;
    return;
  }
  ++counters_.unknown_addresses;
  auto& strays = counters_.strays;
  if (strays.size() < most_strays && std::find(strays.begin(), strays.end(), datagram.to) == strays.end())
    strays.push_back(datagram.to);
}

void Farm::on_dns(const Datagram& datagram, Time now) {
  const auto query = parse_udp(datagram);
  if (!query || query->to_port != 53) return;
  ++counters_.dns_queries;
  const auto message = names_.answer(query->payload);
  if (!message) return;
  if (auto* out = queue_.add(now + dns_delay))
    write_udp(*out, datagram, Udp{53, query->from_port, *message}, box_ttl);
}

// A perimeter, or a host in stealth mode, answers no ping.
void Farm::on_echo(HostModel& host, const Datagram& datagram, Time now) {
  ++counters_.echo_requests;
  if (host.spec().firewall || host.spec().stealth) return;
  const auto after = host.follow_up(datagram.from, 0, counters_.echo_requests, now);
  if (!after) return;
  if (auto* out = queue_.add(now + *after)) write_echo_reply(*out, datagram, host_ttl);
}

void Farm::on_syn(HostModel& host, const Datagram& datagram, const Segment& segment, Time now) {
  ++counters_.syns;
  const auto reaction = host.on_syn(segment.from, segment.to_port, now);
  if (reaction.answer == Answer::silence) return;
  answer_syn(host, reaction, datagram, segment, now + reaction.after);
  if (reaction.again) answer_syn(host, reaction, datagram, segment, now + reaction.after + *reaction.again);
}

void Farm::answer_syn(const HostModel& host, const Reaction& reaction, const Datagram& datagram,
                      const Segment& segment, Time due) {
  auto* out = queue_.add(due);
  if (!out) return;
  const auto ttl = ttl_of(reaction.speaker);
  if (reaction.answer == Answer::icmp) {
    write_unreachable(*out, reaction.from, reaction.icmp, datagram, ttl);
    return;
  }
  auto answer = answer_to(segment);
  if (reaction.answer == Answer::rst) {
    answer.ack = segment.seq + 1 + static_cast<std::uint32_t>(segment.payload.size());
    answer.flags = tcp::rst | tcp::ack;
  } else {
    answer.ack = segment.seq + 1;  // data in a SYN is not taken
    if (reaction.answer == Answer::wrong_syn_ack) answer.ack += beyond_any_window;
    answer.flags = tcp::syn | tcp::ack;
    answer.seq = first_seq(seed_, key_of(segment));
    answer.window = window_of(host, segment.to_port);
  }
  write_tcp(*out, answer, ttl);
  if (!reaction.then_reset) return;
  if (auto* reset = queue_.add(due + reset_delay)) {
    answer.flags = tcp::rst | tcp::ack;
    ++answer.seq;
    write_tcp(*reset, answer, ttl);
  }
}

void Farm::on_ack(HostModel& host, const Segment& segment, Time now) {
  const auto key = key_of(segment);
  auto* connection = connections_.find(key);
  const auto first = first_seq(seed_, key);
  if (!connection && segment.ack != first + 1) return;  // of no connection, or of one that is over
  if (accepted_by(Acceptor::Kind::resetter, host, segment.to_port)) return;
  const auto packet = mix(key, segment.seq) ^ segment.flags;
  const auto after = host.follow_up(segment.from, segment.to_port, packet, now);
  if (!after) return;
  const auto window = window_of(host, segment.to_port);
  if (!connection) {
    connection = &connections_.open(key, {first + 1, segment.seq});
    ++counters_.established;
    ++host.counters().established;
    if (window != 0) greet(host, segment, *connection, now + *after);
  }
  const auto length = length_in_sequence(segment);
  if (length == 0 || window == 0) return;  // a tarpit takes nothing and says nothing
  if (segment.seq == connection->next_wanted) connection->next_wanted += length;
  const bool over = (segment.flags & tcp::fin) != 0;
  reply(segment, over ? tcp::fin | tcp::ack : tcp::ack, *connection, window, now + *after);
  if (over) connections_.close(key);
}

void Farm::greet(const HostModel& host, const Segment& segment, Connection& connection, Time due) {
  using enum Greeting::Act;
  const auto& greeting = host.spec().greeting;
  due += from_ms(greeting.after_ms);
  const auto window = window_of(host, segment.to_port);
  switch (greeting.act) {
    case idle:
      break;
    case send: {
      const Bytes data(greeting.data.begin(), greeting.data.end());
      reply(segment, tcp::psh | tcp::ack, connection, window, due, data);
      connection.next_seq += static_cast<std::uint32_t>(data.size());
      break;
    }
    case fin:
      reply(segment, tcp::fin | tcp::ack, connection, window, due);
      connection.next_seq += 1;
      break;
    case rst:
      reply(segment, tcp::rst | tcp::ack, connection, 0, due);
      break;
  }
}

void Farm::reply(const Segment& to, std::uint8_t flags, const Connection& connection, std::uint16_t window,
                 Time due, View payload) {
  auto* out = queue_.add(due);
  if (!out) return;
  auto answer = answer_to(to);
  answer.flags = flags;
  answer.seq = connection.next_seq;
  answer.ack = connection.next_wanted;
  answer.window = window;
  answer.payload = payload;
  write_tcp(*out, answer, host_ttl);
}

}  // namespace edgesurvey::farm
