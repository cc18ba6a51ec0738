// Any bytes as a policy: refused with mistakes that have their places, or a policy that keeps what it
// promises of every entry and decides on any host.
#include <array>

#include "fuzz/expect.hpp"
#include "fuzz/input_expectations.hpp"
#include "policy/decide.hpp"
#include "policy/policy_file.hpp"

namespace {

using namespace edgesurvey;
using edgesurvey::fuzz::expect;

constexpr Day today{std::chrono::year{2026} / 1 / 31};

void expect_good_hosts(const HostSelector& hosts) {
  expect(!hosts.texts().empty(), "an entry is about somebody");
  HostSelector again(hosts.by());
  std::string why;
  for (const auto& text : hosts.texts()) expect(again.add(text, why), "what was read once is read again");
}

void expect_good_line(const std::string& text, std::size_t max_bytes) {
  expect(text.size() <= max_bytes && !find_bad_byte(text),
         "a text is short, on one line and without controls");
}

void expect_good_policy(const Policy& policy) {
  expect(!policy.fail_on.empty(), "something fails the run");
  for (const auto& expectation : policy.expectations) {
    expect_good_hosts(expectation.hosts);
    expect(!expectation.verdicts.empty() && expectation.line > 0,
           "an expectation expects something somewhere");
    expect_good_line(expectation.reason, max_reason_bytes);
  }
  for (const auto& waiver : policy.waivers) {
    expect_good_hosts(waiver.hosts);
    expect(waiver.hosts.by() != SelectBy::tag, "nobody waives by tag");
    expect(!waiver.verdicts.empty() && waiver.line > 0, "a waiver waives something somewhere");
    expect(!waiver.owner.empty() && !waiver.reason.empty(), "a waiver has an owner and a reason");
    expect_good_line(waiver.owner, max_owner_bytes);
    expect_good_line(waiver.reason, max_reason_bytes);
    expect(waiver.expires >= today && waiver.expires - today <= longest_waiver, "a waiver ends in time");
  }
}

void expect_good_decisions(const Policy& policy) {
  const Subject host{.address = Address::parse("192.0.2.1").value(),
                     .names = {HostName::parse("sip.contoso.example").value()},
                     .tags = {{.key = "org", .value = "Contoso"}}};
  constexpr std::array reasons{VerdictReason::cls_ports_open, VerdictReason::range_answers,
                               VerdictReason::no_answer, VerdictReason::local_error,
                               VerdictReason::range_silent};
  for (const auto reason : reasons) {
    const auto decision = decide(policy, host, verdict_of(reason), reason);
    expect((decision.outcome == Outcome::waived) == (decision.waiver != nullptr),
           "only the waived have a waiver");
    const bool looked = !is_our_own_failure(reason);
    expect(looked || decision.outcome == Outcome::undecided, "our own failure is never a finding");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = parse_policy(fuzz::as_text(data, size), "fuzz", today);
  fuzz::expect_good_errors(file.errors, "fuzz");
  if (!file.errors.empty()) return 0;
  expect_good_policy(file.policy);
  expect_good_decisions(file.policy);
  return 0;
}
