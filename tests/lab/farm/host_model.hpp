// One simulated host and what stands in front of it: what becomes of a SYN, decided without any packet.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>

#include "tests/lab/farm/chance.hpp"
#include "tests/lab/farm/intrusion.hpp"
#include "tests/lab/farm/spec.hpp"
#include "tests/lab/farm/tally.hpp"
#include "tests/lab/farm/time.hpp"

namespace edgesurvey::farm {

enum class Answer : std::uint8_t { silence, syn_ack, rst, icmp };
enum class Speaker : std::uint8_t { host, firewall, acceptor };

struct Reaction {
  Answer answer = Answer::silence;
  Speaker speaker = Speaker::host;
  Time after{0};
};

struct HostCounters {
  std::uint64_t syns = 0;
  std::uint64_t syns_lost = 0;
  std::uint64_t answers_lost = 0;
  std::uint64_t syns_blocked = 0;  // by the intrusion prevention system
  std::uint64_t syn_acks = 0, rsts = 0, icmps = 0;
  std::uint64_t established = 0;
  std::optional<Time> first, last;
  PortTally ports;
  WindowPeak per_1s{from_s(1)}, per_5s{from_s(5)};
};

class HostModel {
 public:
  HostModel(const Host& host, std::uint64_t seed);

  // What is sent back for one SYN; counts it.
  Reaction on_syn(const Ip& source, std::uint16_t port, Time now);
  // When a packet of an open connection that is sent now would be answered; nullopt: the source is blocked,
  // or the host is dead.
  std::optional<Time> follow_up(const Ip& source, std::uint16_t port, std::uint64_t packet, Time now);

  const Host& spec() const { return host_; }
  std::uint64_t key() const { return key_; }
  HostCounters& counters() { return counters_; }
  const HostCounters& counters() const { return counters_; }
  std::uint32_t ips_trips() const { return ips_ ? ips_->trips() : 0; }

 private:
  Reaction decide(std::uint16_t port, Time now);
  Reaction refuse(Time now);
  bool alive(Time since_first) const;
  bool listening(std::uint16_t port, Time since_first);
  bool answers_late(const Reaction& reaction, std::uint16_t port) const;
  Time distance(Speaker speaker, std::uint64_t packet, Time since_first) const;
  bool refused_in_passing(std::uint16_t port, std::uint64_t packet, Time since_first) const;
  Reaction passing_refusal() const;
  void count(const Reaction& reaction);

  Host host_;
  std::uint64_t key_;
  LossProcess loss_;
  std::optional<IntrusionPrevention> ips_;
  std::optional<TokenBucket> rst_bucket_, firewall_bucket_;
  std::unordered_map<std::uint16_t, AlternatingTimes> relays_;  // those asked about
  HostCounters counters_;
};

}  // namespace edgesurvey::farm
