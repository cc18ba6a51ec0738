// One word as what it names: a host, or a block of addresses.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "targets/address_block.hpp"
#include "targets/host_name.hpp"

namespace edgesurvey {

using HostOrBlock = std::variant<HostName, AddressBlock>;

// On failure nullopt, and why says what is wrong and what to write instead: for URLs, ports and lists too.
std::optional<HostOrBlock> parse_host_or_block(std::string_view word, std::string& why);

}  // namespace edgesurvey
