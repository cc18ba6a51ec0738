// The way round an exclusion: IPv6 addresses that lead to IPv4 ones.
#pragma once

#include "targets/address_set.hpp"

namespace edgesurvey {

// Every IPv6 address whose Address::embedded_v4() is in the set.
AddressSet leading_to(const AddressSet& set);

}  // namespace edgesurvey
