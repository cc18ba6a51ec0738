// The door between the scanner's kernel and the farm: a TUN device in a network namespace of its own.
#pragma once

#include <stdexcept>
#include <string>

#include "tests/lab/farm/spec.hpp"

namespace edgesurvey::farm {

class TunError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Leaves for a new network namespace (and, without root, a user namespace in which we are root).
// Nothing in it leads anywhere: not one packet of a run can reach a real network.
void enter_private_network();

// A TUN device that is up, owns the clients' addresses and has both default routes.
class Tun {
 public:
  // Refuses to (TunError) where any interface but lo exists: what this namespace sends must stay in it.
  explicit Tun(const Spec& spec);
  ~Tun();
  Tun(const Tun&) = delete;
  Tun& operator=(const Tun&) = delete;

  int fd() const { return fd_; }  // non-blocking; one packet a read or write, no header before it

 private:
  int fd_ = -1;
};

}  // namespace edgesurvey::farm
