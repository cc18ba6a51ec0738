#include "policy/decide.hpp"

#include "policy/policy_maker.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

// A reason that goes with the verdict and is nobody's failure.
VerdictReason some_reason(Verdict verdict) {
  switch (verdict) {
    case Verdict::cls_exposed:
      return VerdictReason::cls_ports_open;
    case Verdict::media_range_open:
      return VerdictReason::range_answers;
    case Verdict::closed:
      return VerdictReason::range_silent;
    case Verdict::inconclusive:
      break;
  }
  return VerdictReason::no_answer;
}

Decision decided(const Policy& policy, const Subject& host, Verdict verdict) {
  return decide(policy, host, verdict, some_reason(verdict));
}

Outcome outcome(const Policy& policy, const Subject& host, Verdict verdict) {
  return decided(policy, host, verdict).outcome;
}

const Subject some_host = subject("192.0.2.1", {"sip.contoso.example"}, {{"org", "Contoso"}});

}  // namespace

TEST_CASE("Where no expectation speaks of a host, fail-on decides") {
  const auto policy = policy_of("");
  CHECK(outcome(policy, some_host, Verdict::cls_exposed) == Outcome::broken);
  CHECK(outcome(policy, some_host, Verdict::media_range_open) == Outcome::broken);
  CHECK(outcome(policy, some_host, Verdict::inconclusive) == Outcome::undecided);
  CHECK(outcome(policy, some_host, Verdict::closed) == Outcome::kept);
  const auto odd = policy_of("fail-on = [\"closed\", \"inconclusive\"]");
  CHECK(outcome(odd, some_host, Verdict::closed) == Outcome::broken);
  CHECK(outcome(odd, some_host, Verdict::inconclusive) == Outcome::broken);
  CHECK(outcome(odd, some_host, Verdict::cls_exposed) == Outcome::kept);
}

TEST_CASE("What is expected is kept, and what is not breaks the policy even where fail-on is silent") {
  const auto policy = policy_of(
      "fail-on = \"cls-exposed\"\n[[expect]]\nname = \"sip.contoso.example\"\nverdict = \"closed\"\n");
  const auto kept = decided(policy, some_host, Verdict::closed);
  CHECK(kept.outcome == Outcome::kept);
  CHECK(kept.expectation == &policy.expectations[0]);
  CHECK(outcome(policy, some_host, Verdict::media_range_open) == Outcome::broken);
  CHECK(outcome(policy, subject("192.0.2.2"), Verdict::media_range_open) == Outcome::kept);
}

TEST_CASE("A canary that is expected to be exposed breaks the policy when it is closed") {
  const auto policy =
      policy_of("[[expect]]\nblock = \"192.0.2.1\"\nverdict = \"cls-exposed\"\nreason = \"our canary\"\n");
  CHECK(outcome(policy, some_host, Verdict::cls_exposed) == Outcome::kept);
  CHECK(outcome(policy, some_host, Verdict::closed) == Outcome::broken);
}

TEST_CASE("The last expectation about a host counts, whatever it goes by") {
  const std::string by_name = "[[expect]]\nname = \"*.contoso.example\"\nverdict = \"closed\"\n";
  const std::string by_tag =
      "[[expect]]\ntag = \"org=Contoso\"\nverdict = \"media-range-open\"\nreason = \"OCS 2007\"\n";
  CHECK(outcome(policy_of(by_name + by_tag), some_host, Verdict::media_range_open) == Outcome::kept);
  CHECK(outcome(policy_of(by_name + by_tag), some_host, Verdict::closed) == Outcome::broken);
  CHECK(outcome(policy_of(by_tag + by_name), some_host, Verdict::media_range_open) == Outcome::broken);
  CHECK(outcome(policy_of(by_tag + by_name), some_host, Verdict::closed) == Outcome::kept);
}

TEST_CASE("A host that nothing can be told of is undecided, unless somebody cares") {
  const std::string expect = "[[expect]]\nblock = \"192.0.2.0/24\"\nverdict = ";
  CHECK(outcome(policy_of(expect + "\"closed\""), some_host, Verdict::inconclusive) == Outcome::undecided);
  CHECK(outcome(policy_of("fail-on = \"inconclusive\"\n" + expect + "\"closed\""), some_host,
                Verdict::inconclusive) == Outcome::broken);
  CHECK(outcome(policy_of(expect + "[\"closed\", \"inconclusive\"]"), some_host, Verdict::inconclusive) ==
        Outcome::kept);
}

TEST_CASE("Our own failure is never a finding") {
  const auto policy = policy_of("fail-on = [\"inconclusive\", \"cls-exposed\"]\n");
  for (const auto reason : {VerdictReason::local_error, VerdictReason::interrupted})
    CHECK(decide(policy, some_host, Verdict::inconclusive, reason).outcome == Outcome::undecided);
}

TEST_CASE("A waiver lets pass what it names, for whom it names, and nothing else") {
  const auto policy = policy_of(R"(
[[waiver]]
name = "sip.contoso.example"
verdict = "media-range-open"
owner = "o"
reason = "r"
expires = 2026-02-28
)");
  const auto waived = decided(policy, some_host, Verdict::media_range_open);
  CHECK(waived.outcome == Outcome::waived);
  CHECK(waived.waiver == &policy.waivers[0]);
  CHECK(outcome(policy, some_host, Verdict::cls_exposed) == Outcome::broken);
  CHECK(outcome(policy, subject("192.0.2.2"), Verdict::media_range_open) == Outcome::broken);
  CHECK(decided(policy, some_host, Verdict::closed).waiver == nullptr);
}

TEST_CASE("A waiver holds against an expectation, too, and of two the last is named") {
  const std::string waiver =
      "verdict = \"cls-exposed\"\nowner = \"o\"\nreason = \"r\"\nexpires = 2026-02-28\n";
  const auto policy = policy_of(
      "[[expect]]\nname = \"sip.contoso.example\"\nverdict = \"closed\"\n[[waiver]]\nblock = "
      "\"192.0.2.0/28\"\n" +
      waiver + "[[waiver]]\nname = \"*.example\"\n" + waiver);
  const auto waived = decided(policy, some_host, Verdict::cls_exposed);
  CHECK(waived.outcome == Outcome::waived);
  CHECK(waived.expectation == &policy.expectations[0]);
  CHECK(waived.waiver == &policy.waivers[1]);
}
