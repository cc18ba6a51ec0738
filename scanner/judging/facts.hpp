// Evidence, counted: what the rules of classify() ask about, and nothing that depends on the order of
// observations.
#pragma once

#include "scanner/evidence.hpp"
#include "scanner/judging/statistics.hpp"

namespace edgesurvey {

// What a group of ports answered. A silence counts as `silent` only if it can be the perimeter's: once the
// host has stopped responding, silences after its last answer are `unheard`.
struct Tally {
  unsigned open = 0;
  unsigned refused = 0;           // RST, as late as the host's own answers or not to be told apart from them
  unsigned refused_in_front = 0;  // RST that came too soon to be the host's: something in front of it refused
  unsigned refused_unclear = 0;   // RST while the path changed: it counts for nothing
  unsigned prohibited = 0;        // ICMP: a policy said no, or "port unreachable"
  unsigned unreachable = 0;       // ICMP: no route to the host or its network
  unsigned silent = 0;
  unsigned unheard = 0;
  unsigned unknown = 0;  // our own failure, or never asked

  unsigned judged() const { return open + refused + refused_in_front + prohibited + unreachable + silent; }
  unsigned by_host() const { return open + refused; }
  unsigned by_icmp() const { return prohibited + unreachable; }
  unsigned all() const { return judged() + refused_unclear + unheard + unknown; }
  // The host's SYN-ACKs and RSTs among those judged.
  Proportion answering() const { return {by_host(), judged()}; }
  Proportion accepting() const { return {open, judged()}; }

  Tally& operator+=(const Tally& other);
};

// Fewer ports outside the range than this cannot tell the range from everything else.
inline constexpr unsigned fewest_controls = 2;

struct Facts {
  Tally services;
  Tally cls;
  Tally controls;
  Tally sample;
  Tally boundary;  // asked where the sample or an open CLS port led: rules count only cls_neighbours

  // Ports beside the CLS ports, asked where one of these is open: neither an agent nor, but now and then, a
  // relay accepts there.
  Tally cls_neighbours;

  unsigned cls_still_open = 0;      // open at first, and when asked again at the end
  unsigned cls_not_asked = 0;       // open at first; asking again failed at home, or the host had stopped
                                    // responding, or they were cut off
  bool cls_cut_off = false;         // several were open at first, and gone together
  bool liveness_checked = false;    // the port that answered first was asked again, and judged
  bool stopped_responding = false;  // ... and no longer answered as it had
  bool stopped_by_refusal = false;  // ... but with a RST: then no RST may be taken for the host's
  unsigned cls_hurried = 0;  // CLS ports whose silence was not waited for long enough to be beyond doubt
  bool interrupted = false;  // stopped, something planned was never asked, or a whole group is missing
  bool local_error = false;  // something could not be asked
  // Who sent the RSTs from inside the range that were not refused in front.
  RefusalOrigin refusals = RefusalOrigin::nobody;

  Tally range() const;         // CLS and sample ports
  bool host_answered() const;  // a SYN-ACK or RST, from whatever port
  bool mostly_accepting() const { return 2 * sample.open > sample.judged(); }  // of the range
  // CLS ports that were open and did not prove to be passing relay ports.
  unsigned cls_lasting() const { return cls_still_open + cls_not_asked; }
};

// Whether the liveness check no longer answers as its port did at first. A service that accepted and now
// refuses counts: some intrusion prevention systems block with RSTs. Of any other port a RST is an answer as
// good as the first: a relay port is let go.
bool has_stopped_responding(const Evidence& evidence);

Facts facts_of(const Evidence& evidence);

}  // namespace edgesurvey
