#include "scanner/judging/path_loss.hpp"

#include "scanner/evidence_maker.hpp"
#include "scanner/judging/classify.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

// Half of the sample refuses; of that so many ports at their second attempt. All of the rest was asked
// `attempts` times.
EvidenceMaker half_refuses(std::size_t late, std::uint8_t attempts = 2) {
  EvidenceMaker maker;
  maker.some(Role::service, 1, syn_ack()).rest(Role::service, silence()).all(Role::cls, silence());
  maker.all(Role::control, silence()).some(Role::sample, 32, rst()).rest(Role::sample, silence());
  for (auto& port : maker.evidence.ports) {
    if (port.role != Role::sample) continue;
    if (!port.answered()) port.attempts = attempts;
    if (!port.answered() || late == 0) continue;
    --late;
    port.attempts = 2;
    port.answered_at = 2;
  }
  return maker;
}

}  // namespace

TEST_CASE("A host that answered every first attempt has missed nothing that is known of") {
  CHECK(missed_share(half_refuses(0).evidence) == 0);
}

TEST_CASE(
    "The more ports answered late the more may have been missed, and the fewer the oftener they were asked") {
  const double few = missed_share(half_refuses(3).evidence);
  const double many = missed_share(half_refuses(10).evidence);
  CHECK(few > 0);
  CHECK(many > few);
  CHECK(many < 0.9);
  CHECK(missed_share(half_refuses(10, 3).evidence) < many);
  CHECK(missed_share(half_refuses(10, 1).evidence) > many);
}

TEST_CASE("The upper end of the share that is passed allows for what loss may have swallowed") {
  const auto share = [](std::size_t late) {
    return classify(half_refuses(late).finished().evidence).range.share.value();
  };
  CHECK(share(10).high > share(0).high + 0.05);
  CHECK(share(10).low == share(0).low);
  CHECK(share(32).high <= 1);
}

TEST_CASE("The more SYN-ACKs came at once, the smaller the loss that a late answer shows") {
  Evidence evidence = half_refuses(3).evidence;
  const double few = missed_share(evidence);
  for (int i = 0; i < 20; ++i) evidence.syn_ack_rtts.push_back({std::chrono::milliseconds(40)});
  CHECK(missed_share(evidence) < few);
}
