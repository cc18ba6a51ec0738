// What holds of the rules for any evidence at all.
#include <rapidcheck.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "scanner/evidence_maker.hpp"
#include "scanner/judging/classify.hpp"
#include "scanner/random.hpp"
#include "scanner/survey/host_report.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

bool same(const Judgement& a, const Judgement& b) {
  return a.verdict == b.verdict && a.reason == b.reason && a.reasons == b.reasons &&
         a.confidence == b.confidence && a.explanation == b.explanation &&
         a.cls_open.to_string() == b.cls_open.to_string() && a.range.sampled == b.range.sampled &&
         a.range.answered == b.range.answered;
}

bool is_one_plain_sentence(const std::string& text) {
  const bool printable =
      std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c < 0x7f; });
  const bool starts_well = !text.empty() && (std::isupper(text[0]) != 0 || std::isdigit(text[0]) != 0);
  // Neither ports nor counts hold a full stop: the only one ends the sentence.
  return printable && text.size() > 20 && text.find('.') == text.size() - 1 && starts_well;
}

void silence_port(PortEvidence& port) {
  const Answer quiet = silence();
  port.state = quiet.state;
  port.reason = quiet.reason;
  port.rtt = {};
  port.icmp.reset();
  port.attempts = 1;
}

bool any_port(const Evidence& evidence, Role role, PortState state) {
  return std::any_of(evidence.ports.begin(), evidence.ports.end(),
                     [&](const auto& port) { return port.role == role && port.state == state; });
}

bool any_judged(const Evidence& evidence, Role role) {
  return std::any_of(evidence.ports.begin(), evidence.ports.end(),
                     [&](const auto& port) { return port.role == role && port.state != PortState::unknown; });
}

}  // namespace

TEST_CASE("Any evidence gets one verdict, by the first of its distinct reasons, in one plain sentence") {
  REQUIRE(rc::check([] {
    const Judgement judgement = classify(*arbitrary_evidence());
    RC_TAG(std::string(to_string(judgement.reason)));
    RC_ASSERT(!judgement.reasons.empty());
    RC_ASSERT(judgement.reasons.front() == judgement.reason);
    RC_ASSERT(std::set<VerdictReason>(judgement.reasons.begin(), judgement.reasons.end()).size() ==
              judgement.reasons.size());
    RC_ASSERT(judgement.verdict == verdict_of(judgement.reason));
    RC_ASSERT(is_one_plain_sentence(judgement.explanation));
    RC_ASSERT(judgement.range.answered <= judgement.range.sampled);
    RC_ASSERT(judgement.range.open <= judgement.range.answered);
  }));
}

TEST_CASE("The order in which ports were observed changes nothing") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    Evidence evidence = *arbitrary_evidence();
    const Judgement before = classify(evidence);
    SeededRandom random(seed);
    random.shuffle(evidence.ports);
    random.shuffle(evidence.confirm);
    random.shuffle(evidence.syn_ack_rtts);
    return same(before, classify(evidence));
  }));
}

TEST_CASE(
    "A planned port of the range, or a service, that turns out silent never makes the verdict more severe") {
  REQUIRE(rc::check([] {
    Evidence evidence = *arbitrary_evidence();
    std::vector<std::size_t> unasked;
    for (std::size_t i = 0; i < evidence.ports.size(); ++i)
      if (evidence.ports[i].state == PortState::unknown && evidence.ports[i].role != Role::control)
        unasked.push_back(i);
    RC_PRE(!unasked.empty());
    const int before = severity(classify(evidence).verdict);
    silence_port(evidence.ports[*rc::gen::elementOf(unasked)]);
    RC_ASSERT(severity(classify(evidence).verdict) <= before);
  }));
}

// A silent port more in the plan also says that a relay is less busy than it seemed, so that open CLS ports
// are the less likely its own: without a relay port in the sample the property holds of larger plans, too.
TEST_CASE(
    "One more silent port of the range never makes the verdict more severe, unless relay ports were found") {
  REQUIRE(rc::check([] {
    Evidence evidence = *arbitrary_evidence();
    RC_PRE(!any_port(evidence, Role::sample, PortState::open));
    const int before = severity(classify(evidence).verdict);
    PortEvidence extra{.port = 59998, .role = Role::sample, .asked = evidence.ports.back().asked};
    silence_port(extra);
    evidence.ports.push_back(extra);
    RC_ASSERT(severity(classify(evidence).verdict) <= before);
  }));
}

TEST_CASE(
    "Closed is never said of a host with a port that was not judged, nor with one that accepted in the "
    "range") {
  REQUIRE(rc::check([] {
    const Evidence evidence = *arbitrary_evidence();
    if (classify(evidence).verdict != Verdict::closed) return;
    for (const Role role : {Role::service, Role::cls, Role::control, Role::sample})
      RC_ASSERT(!any_port(evidence, role, PortState::unknown));
    RC_ASSERT(!any_port(evidence, Role::cls, PortState::open));
    RC_ASSERT(!any_port(evidence, Role::sample, PortState::open));
    RC_ASSERT(!evidence.liveness || evidence.liveness->state != PortState::unknown);
  }));
}

TEST_CASE("No verdict but inconclusive rests on ports that were never judged") {
  REQUIRE(rc::check([] {
    const Evidence evidence = *arbitrary_evidence();
    const Verdict verdict = classify(evidence).verdict;
    if (verdict == Verdict::inconclusive) return;
    RC_ASSERT(any_judged(evidence, Role::control));
    RC_ASSERT(any_judged(evidence, Role::cls) || any_judged(evidence, Role::sample));
    if (verdict == Verdict::cls_exposed) RC_ASSERT(any_port(evidence, Role::cls, PortState::open));
  }));
}

TEST_CASE("With every port unjudged the verdict is inconclusive") {
  REQUIRE(rc::check([] {
    Evidence evidence = *arbitrary_evidence();
    for (auto& port : evidence.ports) {
      port.state = PortState::unknown;
      port.reason = *rc::gen::element(Reason::not_run, Reason::local_error);
    }
    RC_ASSERT(classify(evidence).verdict == Verdict::inconclusive);
  }));
}

TEST_CASE("Exposure needs a CLS port that was not seen to go away by itself") {
  REQUIRE(rc::check([] {
    Evidence evidence = *arbitrary_evidence();
    for (auto& confirm : evidence.confirm) {
      confirm.state = PortState::closed;
      confirm.reason = Reason::conn_refused;
    }
    evidence.liveness.reset();  // or the host had stopped responding, and nothing was seen to go away
    const auto open = std::count_if(evidence.ports.begin(), evidence.ports.end(), [](const auto& port) {
      return port.role == Role::cls && port.state == PortState::open;
    });
    if (open == 1 && evidence.confirm.size() == 1)
      RC_ASSERT(classify(evidence).verdict != Verdict::cls_exposed);
  }));
}
