// What a host's spec says of it, before any verdict: what is passed, what refuses, and from how far.
#pragma once

#include "tests/lab/farm/spec.hpp"

namespace edgesurvey::farm {

const Ports& cls_ports();
const Ports& service_ports();
const Ports& outside_range();
const Ports& every_port();

// At least 99 % of `whole`.
bool mostly(const Ports& part, const Ports& whole);

// Ports that an override always answers so; that it always refuses or drops.
Ports always_answered(const Host& host, Override::Answer answer);
Ports always_refused(const Host& host);

// What reaches the host: passed by the perimeter, and not overridden.
Ports passed_by(const Host& host);
bool has_service(const Host& host);

// What becomes of the range where it is not passed to the host: the firewall's refusal, or an override's for
// the range alone.
Firewall::Refusal refusal_of(const Host& host);
bool refused_in_range_alone(const Host& host);

// By how much the SYN-ACK of 443 comes later than the host's distance says (a front elsewhere), all the time.
double front_offset_ms(const Host& host);

// How a refusal by the firewall compares with the SYN-ACK of a service, or with an answer of the host's.
enum class Gap { clear, grey, none };
Gap refusal_gap(const Host& host);
Gap gap_to_host(const Host& host);
// The host's refusals come clearly sooner than the service answers.
bool host_before_service(const Host& host);

}  // namespace edgesurvey::farm
