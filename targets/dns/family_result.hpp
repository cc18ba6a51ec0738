// What a name's lookup for one family came to, after all servers and tries; and how two of them make a
// NameAnswer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "targets/address.hpp"
#include "targets/dns/resolver.hpp"
#include "targets/host_name.hpp"

namespace edgesurvey {

struct FamilyResult {
  enum class Kind : std::uint8_t { addresses, no_address, nxdomain, timeout, failure };

  Kind kind = Kind::failure;
  std::vector<Address> addresses;
  std::vector<HostName> aliases;
  std::vector<std::string> notes;  // printable
};

// nullopt: that family was not asked for; at least one was. Any address outweighs every failure of the other
// family. Without one the reason is, of what the two say, the first of: nxdomain (it holds for the name, not
// the family), dns_failure, dns_timeout (a lookup that did not end well is no proof that there is no
// address), no_address.
NameAnswer combine(std::optional<FamilyResult> a, std::optional<FamilyResult> aaaa);

}  // namespace edgesurvey
