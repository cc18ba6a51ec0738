// One simulated host and what stands in front of it: what becomes of a SYN, decided without any packet.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "tests/lab/farm/chance.hpp"
#include "tests/lab/farm/perimeter.hpp"
#include "tests/lab/farm/spec.hpp"
#include "tests/lab/farm/tally.hpp"
#include "tests/lab/farm/time.hpp"

namespace edgesurvey::farm {

enum class Answer : std::uint8_t { silence, syn_ack, wrong_syn_ack, rst, icmp };
enum class Speaker : std::uint8_t { host, firewall, acceptor };

struct Reaction {
  Answer answer = Answer::silence;
  Speaker speaker = Speaker::host;
  Icmp icmp{};  // with answer icmp
  Ip from{};    // its sender
  Time after{0};
  std::optional<Time> again{};  // so long after `after` it comes a second time
  bool then_reset = false;      // a RST follows the SYN-ACK at once
};

struct HostCounters {
  std::uint64_t syns = 0;
  std::uint64_t syns_lost = 0;
  std::uint64_t answers_lost = 0;
  std::uint64_t syns_blocked = 0;  // by the intrusion prevention system
  std::uint64_t syns_limited = 0;  // dropped, being more than a limit on SYNs lets through
  std::uint64_t syn_acks = 0, rsts = 0, icmps = 0;
  std::uint64_t established = 0;
  std::optional<Time> first, last;
  PortTally ports;
  WindowPeak per_1s{from_s(1)}, per_5s{from_s(5)};
};

class HostModel {
 public:
  // Without a perimeter that is shared, its own.
  HostModel(const Host& host, std::uint64_t seed, std::shared_ptr<Perimeter> shared = nullptr);

  // What is sent back for one SYN; counts it.
  Reaction on_syn(const Ip& source, std::uint16_t port, Time now);
  // When a packet of an open connection that is sent now would be answered; nullopt: the source is blocked,
  // or the host is dead.
  std::optional<Time> follow_up(const Ip& source, std::uint16_t port, std::uint64_t packet, Time now);

  const Host& spec() const { return host_; }
  std::uint64_t key() const { return key_; }
  HostCounters& counters() { return counters_; }
  const HostCounters& counters() const { return counters_; }
  // Of its perimeter: with the rest of its group.
  std::uint32_t ips_trips() const { return perimeter_->ips ? perimeter_->ips->trips() : 0; }

 private:
  // One SYN on its way; `name` is the same for the same SYN of any scanner.
  struct Packet {
    std::uint16_t port;
    std::uint64_t name;
    Time since_first;
    Time now;
  };
  Reaction meet(const Ip& source, const Packet& packet);
  Reaction decide(const Packet& packet);
  Reaction refuse(Time now);
  Reaction block() const;
  bool alive(Time since_first) const;
  bool listening(std::uint16_t port, Time since_first);
  bool answers_late(const Reaction& reaction, std::uint16_t port) const;
  const Override* override_of(const Packet& packet) const;
  const Rtt& rtt_of(Speaker speaker) const;
  Time distance(const Rtt& rtt, const Packet& packet) const;
  void count(const Reaction& reaction);

  Host host_;
  std::uint64_t key_;
  LossProcess loss_;
  std::shared_ptr<Perimeter> perimeter_;
  std::optional<TokenBucket> rst_bucket_, syn_bucket_;
  std::unordered_map<std::uint16_t, AlternatingTimes> relays_;  // those asked about
  HostCounters counters_;
};

// The hosts of a farm, those of a group behind one perimeter.
std::vector<HostModel> models_of(const Spec& spec);

}  // namespace edgesurvey::farm
