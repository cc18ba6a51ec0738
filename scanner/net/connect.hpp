// Probes on real sockets: non-blocking connect() watched by a private epoll descriptor, many at once, one
// thread. This folder is the platform boundary: what Linux offers (error queue, deferred accept, epoll) ends
// here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "scanner/probe.hpp"

namespace edgesurvey {

struct ConnectRequest {
  ProbeTicket ticket = 0;
  Address address;
  Port port = 0;
  Technique technique = Technique::half_open;
  Duration timeout{};  // SYN to answer
  Duration watch{};    // Technique::watch: how long to watch the peer after the handshake
};

struct Completion {
  ProbeTicket ticket = 0;
  ProbeOutcome outcome;
};

enum class StartResult : std::uint8_t {
  started,        // one completion will follow
  no_descriptor,  // EMFILE or ENFILE: nothing was sent; try again when a probe in flight has ended
};

class Connector {
 public:
  // Throws std::system_error when epoll cannot be had.
  Connector();
  ~Connector();  // closes every socket in flight, without completions
  Connector(const Connector&) = delete;
  Connector& operator=(const Connector&) = delete;

  // Sends the SYN. A failure at home (no route, no local port) is a completion with PortState::unknown and
  // Reason::local_error, like any other result never delivered from inside start().
  StartResult start(const ConnectRequest& request, Time now);

  // Takes what the kernel has for us without blocking, expires deadlines up to now, appends completions. At
  // most 1024 of each a call: an answer that waits behind them is taken before any deadline counts, and
  // descriptor() stays readable or next_deadline() past until nothing is left. Call it within 200 ms of an
  // event: then the kernel sends the ACK that a half-open probe holds back.
  void collect(Time now, std::vector<Completion>& completions);

  // Ends every probe in flight, appending completions that say it was not run.
  void abandon(std::vector<Completion>& completions);

  // From now on the kernel sends nothing of ours again: each probe ends before its next SYN, silent.
  void end_before_resends(Time now);

  // When collect() is next needed without an event: at or, by up to a millisecond, after the earliest
  // deadline of a probe in flight; a deadline seconds away may be given sooner. Time::max() when none is in
  // flight, a time already past when completions are waiting.
  Time next_deadline() const;
  // Readable when collect() has something to take: for the event loop to watch.
  int descriptor() const;
  // Probes started whose completion has not been taken.
  std::size_t in_flight() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace edgesurvey
