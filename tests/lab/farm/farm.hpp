// The farm itself: a packet goes in at a time, and the answers leave from the queue when they are due.
// Knows no device and no clock, so a test can run an hour of it in a millisecond.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/lab/farm/connections.hpp"
#include "tests/lab/farm/delay_queue.hpp"
#include "tests/lab/farm/dns.hpp"
#include "tests/lab/farm/host_model.hpp"

namespace edgesurvey::farm {

struct FarmCounters {
  std::uint64_t packets = 0, syns = 0, resets = 0, established = 0;
  std::uint64_t echo_requests = 0, dns_queries = 0, multicasts = 0;
  std::uint64_t not_understood = 0;     // cut short, fragmented, another protocol
  std::uint64_t unknown_addresses = 0;  // packets for no host of this farm: a scanner that strays
  std::vector<Ip> strays;               // the first of those addresses
};

class Farm {
 public:
  explicit Farm(const Spec& spec);

  void receive(View packet, Time now);
  DelayQueue& queue() { return queue_; }
  const DelayQueue& queue() const { return queue_; }
  const FarmCounters& counters() const { return counters_; }
  const std::vector<HostModel>& hosts() const { return hosts_; }

 private:
  void on_syn(HostModel& host, const Datagram& datagram, const Segment& segment, Time now);
  void answer_syn(const HostModel& host, const Reaction& reaction, const Datagram& datagram,
                  const Segment& segment, Time due);
  void on_ack(HostModel& host, const Segment& segment, Time now);
  void greet(const HostModel& host, const Segment& segment, Connection& connection, Time due);
  void on_stray(const Datagram& datagram);
  void on_dns(const Datagram& datagram, Time now);
  void on_echo(HostModel& host, const Datagram& datagram, Time now);
  void reply(const Segment& to, std::uint8_t flags, const Connection& connection, std::uint16_t window,
             Time due, View payload = {});

  std::uint64_t seed_;
  std::optional<Ip> dns_address_;
  NameServer names_;
  std::vector<HostModel> hosts_;
  std::unordered_map<Ip, std::size_t, IpHash> by_address_;
  Connections connections_;
  DelayQueue queue_;
  FarmCounters counters_;
};

// Totals and every host's counters, as JSON. Times are seconds since the farm opened.
std::string counters_json(const Farm& farm);

}  // namespace edgesurvey::farm
