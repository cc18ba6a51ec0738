// Everything observed about one address, and nothing concluded. classify() turns it into a judgement.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "scanner/probe.hpp"

namespace edgesurvey {

// What is known of one planned port.
struct PortEvidence {
  Port port = 0;
  Role role = Role::sample;
  PortState state = PortState::unknown;
  Reason reason = Reason::not_run;
  Duration rtt{};                // of the answer; zero without one
  std::uint8_t attempts = 0;     // tries, each a connection of its own
  std::uint8_t answered_at = 0;  // which of them was answered first, from 1; 0: none was
  std::uint8_t given_up = 0;     // how many of them were waited for in vain
  Duration waited{};             // how long for the one that was waited for longest
  std::optional<Icmp> icmp{};
  // When the try that was answered started; of a silent port, the first try. Tells a silence from before a
  // block from one after it.
  Time asked{};

  bool answered() const { return state != PortState::unknown && reason != Reason::no_response; }
  // Of those judged: silence, not an ICMP error, made it filtered.
  bool is_silent() const { return state == PortState::filtered && !answered(); }
  // It was silent at first: a packet was lost, or answers are rate-limited.
  bool answered_late() const { return answered_at > 1; }

  // Adds the result of an attempt; `number`: which SYN to the port it is of, from 1. Results come in any
  // order: an answer is not taken back by a later silence, that it was accepted not by a refusal, and a
  // failure of ours takes nothing back. Of two refusals the quicker is kept: delays only add.
  void note(unsigned number, const ProbeOutcome& outcome);
};

// A port asked again at the end: a CLS port that was open, or the liveness check.
struct Recheck {
  Port port = 0;
  PortState state = PortState::unknown;
  Reason reason = Reason::not_run;
  PeerAct peer = PeerAct::not_watched;  // CLS ports only
  std::uint8_t attempts = 0;
  std::uint8_t answered_at = 0;  // which of them was answered first, from 1; 0: none was

  bool answered() const { return state != PortState::unknown && reason != Reason::no_response; }
  bool answered_late() const { return answered_at > 1; }

  // Likewise; the first that was accepted stands, with what its peer did.
  void note(unsigned number, const ProbeOutcome& outcome);
};

struct TimedRtt {
  Duration rtt{};
  Time sent{};  // when its SYN was
};

struct Evidence {
  Address address;
  std::vector<PortEvidence> ports;     // every planned port once, but for a sample cut short
  std::vector<Recheck> confirm;        // CLS ports that were open, asked again at the end
  std::optional<Recheck> liveness;     // the port that answered first, at the end; none if none had answered
  std::vector<TimedRtt> syn_ack_rtts;  // every SYN-ACK's on service ports, repeats included
  std::uint32_t other_attempts = 0;    // those at ports for an RTT alone, and checks that were made again
  bool cut_short = false;              // the scan was stopped with more to ask
};

}  // namespace edgesurvey
