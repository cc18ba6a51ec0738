// What a farm is: its hosts, each with its distance, its loss, what stands in front of it and what it serves.
// README.md says what each field does; spec_json.cpp reads and writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/lab/farm/ip.hpp"
#include "tests/lab/farm/ports.hpp"

namespace edgesurvey::farm {

// A round trip: the constant part plus a jitter that only ever adds, of the given mean and shape.
struct Rtt {
  enum class Shape : std::uint8_t { gamma, lognormal };
  double ms = 0;
  double jitter_ms = 0;
  Shape shape = Shape::gamma;
};

// Gilbert-Elliott in time instead of in packets, so that a burst does not depend on the scanner's pace:
// good and bad times follow each other with exponential lengths; a bad one loses this share.
struct Bursts {
  double mean_good_s = 20;
  double mean_bad_s = 0.5;
  double loss = 0.8;  // of each direction, while bad
};

struct Loss {
  double out = 0;   // of what the scanner sends, outside bursts
  double back = 0;  // of what the farm answers, outside bursts
  std::optional<Bursts> bursts;
};

struct RateLimit {  // token bucket
  double per_s = 1;
  double burst = 1;
};

struct Icmp {
  std::uint8_t type = 3;
  std::uint8_t code = 13;
  friend bool operator==(const Icmp&, const Icmp&) = default;
};

struct Firewall {
  enum class Refusal : std::uint8_t { drop, rst, icmp };
  Refusal refusal = Refusal::drop;
  Icmp icmp;                           // with refusal icmp; types of ICMPv6 in front of an IPv6 host
  Ip address;                          // sender of its ICMP; a RST bears the host's address
  Rtt rtt;                             // its own, shorter than the host's
  Ports passes;                        // what it lets through to the host
  std::optional<RateLimit> limit;      // on its refusals
  std::optional<RateLimit> syn_limit;  // on all SYNs from outside: those above it are dropped
};

struct Ips {
  enum class Counts : std::uint8_t { ports, refused };
  Counts counts = Counts::ports;
  std::uint32_t threshold = 20;  // distinct ports that trip it
  double window_s = 5;
  double block_s = 0;   // 0: for ever
  Ports spares{};       // ports that it does not block
  bool resets = false;  // answers what it blocks with a RST, at the firewall's distance; else drops it
};

// Something in front of the host that takes every connection: a SYN proxy, a tarpit (window 0, never ends),
// or a proxy that has nothing behind it (a RST follows the SYN-ACK at once).
struct Acceptor {
  enum class Kind : std::uint8_t { syn_proxy, tarpit, resetter };
  Kind kind = Kind::syn_proxy;
  Ports ports;
  Rtt rtt;
};

// Ports that come and go, each on its own: open and closed times of exponential length.
struct Relays {
  Ports ports;
  double mean_open_s = 60;
  double mean_closed_s = 60;

  double open_share() const { return mean_open_s / (mean_open_s + mean_closed_s); }
};

// Open ports that answer later than the path explains: a loaded agent, a full proxy, a relay in front, a slow
// second path.
struct Late {
  Ports ports;
  double ms = 0;  // added to the SYN-ACK alone: once accepted, a connection is as quick as any
};

// What becomes of SYNs to some ports, whatever firewall and host would say: for a time, for a share of them,
// or always. The first that is in force decides.
struct Override {
  enum class Answer : std::uint8_t { drop, rst, icmp, accept, wrong_ack };  // last: an impossible SYN-ACK
  Answer answer = Answer::rst;
  Ports ports{};
  Icmp icmp{};               // with answer icmp, as the firewall's
  Ip address{};              // its sender
  std::optional<Rtt> rtt{};  // of the box that answers; unset: the host answers, or a box beside it
  double share = 1;          // of SYNs: several nodes behind one address
  // After the host's first packet, and in SYNs to it: begins once what is set of the former is past, ends
  // once anything of the latter is.
  std::optional<double> from_s{}, until_s{};
  std::optional<std::uint32_t> from_syns{}, until_syns{};

  bool always() const { return share >= 1 && !from_s && !until_s && !from_syns && !until_syns; }
};

struct LatencyStep {  // moves host and firewall alike: the change is on the shared path
  double at_s = 0;    // after the host's first packet
  double add_ms = 0;
  std::optional<Ports> ports{};  // unset: all. A path, a node or a front of their own
  double share = 1;              // of answers: the others overtake them
};

struct Duplicates {  // answers that arrive twice
  double share = 0;
  double after_ms = 0;
};

struct Life {  // each from the host's first packet; unset: always up
  std::optional<double> up_at_s;
  std::optional<double> dies_at_s;
  std::optional<std::uint32_t> up_after_syns;
  std::optional<std::uint32_t> dies_after_syns;

  bool steady() const { return !up_at_s && !dies_at_s && !up_after_syns && !dies_after_syns; }
};

struct Greeting {  // what an accepted connection does
  enum class Act : std::uint8_t { idle, send, fin, rst };
  Act act = Act::idle;
  double after_ms = 0;
  std::string data;
};

struct Host {
  Ip address;
  std::string name;   // for DNS; may be empty
  std::string label;  // which case of the generator it is; only copied
  Rtt rtt;
  Loss loss;
  Ports open;           // listeners
  bool stealth = true;  // drops instead of sending a RST where nothing listens
  std::optional<RateLimit> rst_limit;
  std::optional<Relays> relays;
  std::optional<Late> late;
  std::optional<Firewall> firewall;  // none: no perimeter
  std::vector<Override> overrides;
  std::optional<Ips> ips;
  std::optional<RateLimit> syn_limit;  // the host's own, on SYNs that reach it: those above it are dropped
  std::optional<Acceptor> acceptor;
  std::vector<LatencyStep> steps;
  std::optional<Duplicates> duplicates;
  Life life;
  Greeting greeting;
  // Hosts of one group stand behind one perimeter: its intrusion prevention, its limit on refusals and its
  // limit on SYNs count all of their packets together. The first host's figures hold. Empty: a perimeter
  // alone.
  std::string group;

  bool passed(std::uint16_t port) const { return !firewall || firewall->passes.contains(port); }
};

struct Spec {
  std::uint64_t seed = 1;
  Ip client_v4;           // the scanner's address in the namespace
  Ip client_v6;           //
  std::optional<Ip> dns;  // answers A and AAAA for the hosts' names
  std::vector<Host> hosts;
};

class SpecError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Throws SpecError, naming the host and the field.
Spec parse_spec(const std::string& text);  // JSON
std::string to_json(const Spec& spec);

}  // namespace edgesurvey::farm
