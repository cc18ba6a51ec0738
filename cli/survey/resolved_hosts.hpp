// The addresses that names led to, each once, in the order in which DNS gave them.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstddef>
#include <deque>
#include <functional>
#include <optional>

#include "targets/address.hpp"

namespace edgesurvey {

class ResolvedHosts {
 public:
  void add(const Address& address) {
    if (known_.insert(address).second) waiting_.push_back(address);
  }
  // The next one; nullopt when all that were added have come out.
  std::optional<Address> next() {
    if (waiting_.empty()) return std::nullopt;
    const Address address = waiting_.front();
    waiting_.pop_front();
    return address;
  }
  // How many there are in all, those that came out included.
  std::size_t size() const { return known_.size(); }

 private:
  boost::unordered_flat_set<Address, std::hash<Address>> known_;
  std::deque<Address> waiting_;
};

}  // namespace edgesurvey
