// What the farm's tests scan with: a scanner of one farm, in virtual time.
#pragma once

#include <optional>
#include <vector>

#include "tests/lab/farm/farm.hpp"

namespace edgesurvey::farm {

inline Host edge() {
  Host host;
  host.address = *parse_ip("198.18.1.7");
  host.rtt = {100, 0, Rtt::Shape::gamma};
  host.open = *Ports::parse("443");
  return host;
}

inline Spec farm_of(std::vector<Host> hosts) {
  Spec spec;
  spec.client_v4 = *parse_ip("198.18.0.1");
  spec.client_v6 = *parse_ip("2001:db8::1");
  spec.hosts = std::move(hosts);
  return spec;
}

// Of the first host, until `target` is set to another.
struct Scanner {
  explicit Scanner(const Host& host) : Scanner(std::vector{host}) {}
  explicit Scanner(const std::vector<Host>& hosts) : target(hosts.front().address), farm(farm_of(hosts)) {}
  void send(std::uint16_t port, std::uint8_t flags, Time now, std::uint32_t seq = 1, std::uint32_t ack = 0,
            View payload = {}) {
    Segment segment;
    segment.from = *parse_ip("198.18.0.1");
    segment.to = target;
    segment.from_port = 40000;
    segment.to_port = port;
    segment.seq = seq;
    segment.ack = ack;
    segment.flags = flags;
    segment.payload = payload;
    Bytes packet;
    write_tcp(packet, segment, 64);
    farm.receive(packet, now);
  }
  // The next answer, at the moment it leaves; nullopt: silence.
  std::optional<Segment> next() {
    const auto due = farm.queue().next_due();
    if (!due) return std::nullopt;
    at = *due;
    farm.queue().release(*due, [this](View packet) { last.assign(packet.begin(), packet.end()); });
    return parse_tcp(*parse_datagram(last));
  }
  std::optional<Segment> probe(std::uint16_t port, Time now) {
    send(port, tcp::syn, now);
    return next();
  }

  Ip target;
  Farm farm;
  Bytes last;
  Time at{0};
};

}  // namespace edgesurvey::farm
