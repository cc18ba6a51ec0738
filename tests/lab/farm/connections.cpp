#include "tests/lab/farm/connections.hpp"

#include "tests/lab/farm/draw.hpp"

namespace edgesurvey::farm {

Connection* Connections::find(ConnectionKey key) {
  const auto found = open_.find(key);
  return found == open_.end() ? nullptr : &found->second;
}

Connection& Connections::open(ConnectionKey key, Connection connection) {
  while (order_.size() >= limit_) {  // closed ones keep their place in the order until then
    open_.erase(order_.front());
    order_.pop_front();
  }
  order_.push_back(key);
  return open_.insert_or_assign(key, connection).first->second;
}

ConnectionKey key_of(const Segment& segment) {
  const auto ports = std::uint64_t{segment.from_port} << 16U | segment.to_port;
  return mix(mix(hash_of(segment.from), hash_of(segment.to)), ports);
}

std::uint32_t first_seq(std::uint64_t seed, ConnectionKey key) {
  return static_cast<std::uint32_t>(mix(seed, key));
}

}  // namespace edgesurvey::farm
