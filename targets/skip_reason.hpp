// Why a target was never probed. A closed set: these spellings stand in every report.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace edgesurvey {

enum class SkipReason : std::uint8_t {
  nxdomain,          // the name does not exist
  no_address,        // the name exists, without an address of a wanted family that a host can have
  dns_timeout,       // no resolver answered in time
  dns_failure,       // a resolver answered with a failure, or with something unreadable
  excluded,          // --exclude or --exclude-file names it
  out_of_scope,      // --scope does not name it
  internal_address,  // a name that leads to a private, loopback or link-local address
  hosted_service,    // Microsoft's own service (online.lync.com): not ours to probe
  interrupted,       // the run ended before its turn
};

std::string_view to_string(SkipReason reason);  // "nxdomain", "no-address", ...
std::optional<SkipReason> parse_skip_reason(std::string_view text);

}  // namespace edgesurvey
