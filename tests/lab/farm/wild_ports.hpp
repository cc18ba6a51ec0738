// The sets of ports that the wild kinds are about.
#pragma once

#include "tests/lab/farm/host_maker.hpp"

namespace edgesurvey::farm::wild {

Ports all();  // services and range
Ports range();
Ports cls();
Ports other_services();  // than 443
Ports anything();
Ports all_but(const Ports& some);

// Where an administrator put the range: Microsoft's "Configuring port ranges for your Edge Servers" moves it
// to 40803 and 24730 ports (Set-CsEdgeServer -MediaCommunicationPortStart and -Count); RFC 6335's dynamic
// ports are 49152-65535; a firewall's rule may pass the first thousand.
Ports moved_range(HostMaker& m);
Ports range_elsewhere();  // 20000-29999
// An opening that holds ports beside the range and a few of it, among them the CLS ports.
Ports opening_about_50000(HostMaker& m);
Ports run_beside_cls(HostMaker& m);
Ports two_openings(HostMaker& m);

}  // namespace edgesurvey::farm::wild
