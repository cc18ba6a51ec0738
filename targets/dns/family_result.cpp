#include "targets/dns/family_result.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "targets/dns/words.hpp"

namespace edgesurvey {
namespace {

using Kind = FamilyResult::Kind;

template <typename T>
void append_new(std::vector<T>& to, const std::vector<T>& from) {
  for (const T& item : from)
    if (std::find(to.begin(), to.end(), item) == to.end()) to.push_back(item);
}

std::optional<SkipReason> worst_reason(const std::vector<Kind>& kinds) {
  static constexpr std::array<std::pair<Kind, SkipReason>, 4> order = {{
      {Kind::nxdomain, SkipReason::nxdomain},
      {Kind::failure, SkipReason::dns_failure},
      {Kind::timeout, SkipReason::dns_timeout},
      {Kind::no_address, SkipReason::no_address},
  }};
  for (const auto& [kind, reason] : order)
    if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) return reason;
  return std::nullopt;
}

// A family without addresses is normal beside one with some; a name that exists in one family only is not.
std::string in_words(const FamilyResult& result, bool other_has_addresses) {
  std::vector<std::string> parts = result.notes;
  if (result.kind == Kind::nxdomain) parts.insert(parts.begin(), "no such name (NXDOMAIN)");
  if (result.kind == Kind::no_address && !other_has_addresses) parts.insert(parts.begin(), "no address");
  return join(parts, ", ");
}

std::string detail_of(const std::optional<FamilyResult>& a, const std::optional<FamilyResult>& aaaa,
                      bool has_addresses) {
  std::string a_words = a ? in_words(*a, has_addresses) : "";
  const std::string aaaa_words = aaaa ? in_words(*aaaa, has_addresses) : "";
  if (a && aaaa && a_words == aaaa_words) return a_words;
  std::vector<std::string> parts;
  if (!a_words.empty()) parts.push_back("A: " + a_words);
  if (!aaaa_words.empty()) parts.push_back("AAAA: " + aaaa_words);
  return join(parts, "; ");
}

}  // namespace

NameAnswer combine(std::optional<FamilyResult> a, std::optional<FamilyResult> aaaa) {
  NameAnswer answer;
  std::vector<Kind> kinds;
  for (const auto* result : {&a, &aaaa}) {
    if (!*result) continue;
    append_new(answer.addresses, (*result)->addresses);
    append_new(answer.aliases, (*result)->aliases);
    kinds.push_back((*result)->kind);
  }
  // Name servers deal records out in turns; the same records are to give the same survey.
  std::sort(answer.addresses.begin(), answer.addresses.end());
  const bool has_addresses = !answer.addresses.empty();
  if (!has_addresses) answer.failure = worst_reason(kinds);
  answer.detail = detail_of(a, aaaa, has_addresses);
  return answer;
}

}  // namespace edgesurvey
