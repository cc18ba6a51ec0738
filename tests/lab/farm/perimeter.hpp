// What a perimeter remembers: of one host, or of all the hosts of a group.
#pragma once

#include <optional>

#include "tests/lab/farm/chance.hpp"
#include "tests/lab/farm/intrusion.hpp"
#include "tests/lab/farm/spec.hpp"

namespace edgesurvey::farm {

struct Perimeter {
  explicit Perimeter(const Host& host) {
    if (host.ips) ips.emplace(*host.ips);
    if (!host.firewall) return;
    if (host.firewall->limit) refusals.emplace(*host.firewall->limit);
    if (host.firewall->syn_limit) syns.emplace(*host.firewall->syn_limit);
  }

  std::optional<IntrusionPrevention> ips;
  std::optional<TokenBucket> refusals, syns;
};

}  // namespace edgesurvey::farm
