// What the first pass over a host makes worth asking again: the questions a silence or a refusal leaves open.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "scanner/evidence.hpp"
#include "targets/port_set.hpp"

namespace edgesurvey {

// Whether what the port answered says something of the range only beside the silence of ports outside it: a
// refusal in the range does, and an open port there that is not one of CLS. An open CLS port speaks for
// itself, whatever the others do.
bool rests_on_controls(const PortEvidence& port);
bool rests_on_controls(const Evidence& evidence);

// Indices into evidence.ports whose silence would now be evidence: once anything in the media range has
// answered, but for an open CLS port, which speaks for itself, silent controls (was it the loss of a packet,
// or does the perimeter treat the range differently?), and every silent sample port beside one that was
// refused (is this where the opening ends?), unless refusals are rationed. 64 equal silences are not worth a
// packet.
std::vector<std::size_t> ports_worth_a_second_look(const Evidence& evidence);

// Silent controls to ask once more where the range has answered, as indices into the evidence. Where all are
// silent two of them do, asked when a spell of loss over the first tries must have passed.
std::vector<std::size_t> controls_to_ask_again(const Evidence& evidence);

// Whether refusals came from inside the range while a service accepted: then the RTT of the two tells who
// refused.
bool refusals_need_comparing(const Evidence& evidence);

// How often a service port should be repeated to learn its RTT well enough to compare refusals with it. Where
// the ports outside the range refuse as well, the comparison alone tells a host without a firewall from a
// firewall beside it.
inline constexpr std::uint32_t most_repeats = 6;
std::uint32_t repeats_wanted(const Evidence& evidence);

// Whether any port answered a further try only: packets are being lost, or answers are rationed.
bool answered_late(const Evidence& evidence);

// Whether a port outside the range was refused as well.
bool controls_refuse_too(const Evidence& evidence);

// Refusals that came as late as the host's, where something in front of it refused most of the others sooner:
// some may have been held up on the way, or by this machine, and asking again tells.
std::vector<std::size_t> refusals_worth_a_third_look(const Evidence& evidence);

// Ports of the role that have not answered, as indices into evidence.ports.
std::vector<std::size_t> silent_ports(const Evidence& evidence, Role role);

// CLS ports that are open and were not asked again yet: found so late.
std::vector<Port> unconfirmed_cls_ports(const Evidence& evidence);

// Whether the host did not hear us, or we it, at some time: a service or the bracket that answered a later
// try only, an open CLS port that was silent when asked again, or most repeats of a service unanswered.
bool was_out_of_reach(const Evidence& evidence);

// Whether it was, and is with us at the end: what was silent then may only not have heard us.
bool packets_were_lost(const Evidence& evidence);

// Where packets were lost: controls that were asked but once, if what the range answered rests on them. Where
// no sample port answered its first try, the silent CLS ports too, and, if all three are and the sample was
// asked within seconds, some of the sample, for a spell of loss may have swallowed everything; once one of
// the sample answers, all of it that is still silent. A port of the sample whose answer is awaited counts as
// silent. Indices into evidence.ports.
std::vector<std::size_t> silences_worth_a_last_look(const Evidence& evidence);

// The port that shows best that the host lives, as an index into evidence.ports: an open service before any
// other answer of the host, that before an ICMP error, the earlier answer before the later. nullopt when
// nothing answered.
std::optional<std::size_t> bracket_port(const Evidence& evidence);

// Whether the bracket is still that port: none has answered since that would show it better. Without a
// bracket, whether there is no such port.
bool is_best_bracketed(const Evidence& evidence);

}  // namespace edgesurvey
