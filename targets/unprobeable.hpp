// Addresses no host can have, which nobody may put on a target list.
#pragma once

#include <optional>
#include <string>

#include "targets/address_set.hpp"

namespace edgesurvey {

// Whether a packet to it could reach anything but one host: multicast, broadcast, unspecified.
bool is_unprobeable(const Address& address);

// All of them.
const AddressSet& unprobeable_addresses();

// "is multicast (224.0.0.0/4), not a host", or for a larger block "reaches into ...". nullopt: fine.
std::optional<std::string> why_unprobeable(const AddressBlock& block);

}  // namespace edgesurvey
