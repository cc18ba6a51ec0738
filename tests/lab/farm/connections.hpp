// The connections that clients completed. Before that there is no state: the first sequence number is a
// function of the peers (as with SYN cookies), so half-open probes cost nothing and resent SYNs agree.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>

#include "tests/lab/farm/packet.hpp"

namespace edgesurvey::farm {

struct Connection {
  std::uint32_t next_seq = 0;     // ours
  std::uint32_t next_wanted = 0;  // theirs
};

// Names host, port, source and source port; 64 bits of hash, as the farm bets on no collision.
using ConnectionKey = std::uint64_t;

class Connections {
 public:
  explicit Connections(std::size_t limit) : limit_(limit) {}

  Connection* find(ConnectionKey key);
  // The oldest is forgotten when there are too many.
  Connection& open(ConnectionKey key, Connection connection);
  void close(ConnectionKey key) { open_.erase(key); }
  std::size_t size() const { return open_.size(); }

 private:
  std::size_t limit_;
  std::unordered_map<ConnectionKey, Connection> open_;
  std::deque<ConnectionKey> order_;
};

ConnectionKey key_of(const Segment& segment);
std::uint32_t first_seq(std::uint64_t seed, ConnectionKey key);

}  // namespace edgesurvey::farm
