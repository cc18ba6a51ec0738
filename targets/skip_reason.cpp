#include "targets/skip_reason.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace edgesurvey {
namespace {

using Spelling = std::pair<SkipReason, std::string_view>;

// In the order of the enumeration: to_string indexes it.
constexpr std::array<Spelling, 9> spellings{{
    {SkipReason::nxdomain, "nxdomain"},
    {SkipReason::no_address, "no-address"},
    {SkipReason::dns_timeout, "dns-timeout"},
    {SkipReason::dns_failure, "dns-failure"},
    {SkipReason::excluded, "excluded"},
    {SkipReason::out_of_scope, "out-of-scope"},
    {SkipReason::internal_address, "internal-address"},
    {SkipReason::hosted_service, "hosted-service"},
    {SkipReason::interrupted, "interrupted"},
}};

}  // namespace

std::string_view to_string(SkipReason reason) {
  return spellings.at(static_cast<std::size_t>(reason)).second;
}

std::optional<SkipReason> parse_skip_reason(std::string_view text) {
  const auto* found = std::find_if(spellings.begin(), spellings.end(),
                                   [text](const Spelling& s) { return s.second == text; });
  if (found == spellings.end()) return std::nullopt;
  return found->first;
}

}  // namespace edgesurvey
