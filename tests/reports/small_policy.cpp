#include "reports/small_policy.hpp"

#include <stdexcept>

#include "policy/policy_file.hpp"

namespace edgesurvey::testing {
namespace {

constexpr std::string_view text = R"TOML(
[[expect]]
tag = "role=access edge"
verdict = "closed"

[[expect]]
block = "192.0.2.12/31"
verdict = ["closed", "media-range-open"]
reason = "OCS 2007 partners {0} [a](b) | `x` <script>alert(1)</script> \u202e"

[[expect]]
name = ["nobody.example", "*.nobody.example", "no.example", "none.example", "zero.example"]
verdict = "closed"

[[waiver]]
name = "bücher.example"
verdict = "cls-exposed"
owner = "=edge-team <edge@contoso.example>"
reason = """Replaced under CHG0042,
see {0} [a](b) | `x` & <script>alert(1)</script> \u202e"""
expires = 2015-06-30

[[waiver]]
block = "192.0.2.9"
verdict = "cls-exposed"
owner = "edge-team"
reason = "It was mended long ago"
expires = 2015-03-02

[[waiver]]
block = "192.0.2.15"
verdict = "cls-exposed"
owner = "edge-team"
reason = "Nothing can be said of it in this run"
expires = 2015-03-31

[[waiver]]
block = "203.0.113.0/24"
verdict = "cls-exposed"
owner = "edge-team"
reason = "About nobody"
expires = 2015-03-31
)TOML";

}  // namespace

Policy policy_of(std::string_view toml) {
  constexpr Day day{std::chrono::year{2015} / 3 / 2};
  auto file = parse_policy(toml, "policy.toml", day);
  if (!file.errors.empty()) throw std::logic_error(file.errors.front().to_string());
  return std::move(file.policy);
}

Policy small_policy() {
  return policy_of(text);
}

}  // namespace edgesurvey::testing
