#include "targets/skip_reason.hpp"

#include "support/catch.hpp"

using namespace edgesurvey;

TEST_CASE("Every skip reason has the spelling of the reports, and is read back from it") {
  const std::pair<SkipReason, std::string_view> spellings[] = {
      {SkipReason::nxdomain, "nxdomain"},
      {SkipReason::no_address, "no-address"},
      {SkipReason::dns_timeout, "dns-timeout"},
      {SkipReason::dns_failure, "dns-failure"},
      {SkipReason::excluded, "excluded"},
      {SkipReason::out_of_scope, "out-of-scope"},
      {SkipReason::internal_address, "internal-address"},
      {SkipReason::hosted_service, "hosted-service"},
      {SkipReason::interrupted, "interrupted"},
  };
  for (const auto& [reason, spelling] : spellings) {
    CHECK(to_string(reason) == spelling);
    CHECK(parse_skip_reason(spelling) == reason);
  }
  CHECK_FALSE(parse_skip_reason("NXDOMAIN"));
  CHECK_FALSE(parse_skip_reason(""));
}
