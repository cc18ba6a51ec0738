// A few ports in PortSet's written form ("50034,50301-50303"), without its 8 KB and its 65,536 questions:
// reports write and read such a list for every host.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "targets/port_set.hpp"

namespace edgesurvey {

// Precondition: ascending, no port twice.
std::string to_port_list(const std::vector<Port>& ports);
// Ascending ports and ranges from 1 to 65535, each once; nullopt for anything else.
std::optional<std::vector<Port>> parse_port_list(std::string_view text);

}  // namespace edgesurvey
