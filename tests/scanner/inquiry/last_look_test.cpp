#include "scanner/inquiry/last_look.hpp"

#include "scanner/evidence_maker.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

namespace {

// A service answered its second try only, and the bracket this one of its; all the rest is silent.
Evidence lossy_host(std::uint8_t bracket_answered_at) {
  EvidenceMaker maker(8);
  maker.rest(Role::cls, silence()).rest(Role::control, silence()).rest(Role::sample, silence());
  auto& service = maker.evidence.ports.front();
  service.state = PortState::open;
  service.reason = Reason::syn_ack;
  service.answered_at = 2;
  maker.evidence.bracket = Recheck{.port = service.port,
                                   .state = PortState::open,
                                   .reason = Reason::syn_ack,
                                   .answered_at = bracket_answered_at};
  return maker.evidence;
}

std::size_t asked(Agenda& agenda) {
  std::size_t count = 0;
  while (agenda.take_due(Time{1h})) ++count;
  return count;
}

constexpr std::size_t silences = 3 + 8;  // CLS ports and the sample

}  // namespace

TEST_CASE("A last look asks the silences that matter twice, and once more only if that brought something") {
  Evidence evidence = lossy_host(1);
  const ScanRules rules;
  Agenda agenda;
  LastLook look(evidence, rules, agenda);
  look.plan(Time{5s});
  CHECK(agenda.next_due() == Time{5s});
  CHECK(asked(agenda) == 2 * silences);
  look.plan(Time{6s});
  CHECK(agenda.empty());
  auto& heard = evidence.ports.back();
  heard.state = PortState::closed;
  heard.reason = Reason::conn_refused;
  look.plan(Time{7s});
  CHECK_FALSE(agenda.empty());
}

TEST_CASE("No last look is taken where no packet was lost, or none is to be sent again") {
  Evidence evidence = lossy_host(1);
  evidence.ports.front().answered_at = 1;
  const ScanRules rules;
  const ScanRules without_retries{.retries = 0};
  Agenda agenda;
  LastLook(evidence, rules, agenda).plan(Time{5s});
  evidence.ports.front().answered_at = 2;
  LastLook once(evidence, without_retries, agenda);
  once.look_ahead(Time{5s});
  once.plan(Time{5s});
  CHECK(agenda.empty());
}

TEST_CASE(
    "Silences that were looked at ahead are looked at again where more than a packet of the bracket was "
    "lost") {
  for (const std::uint8_t answered_at : {std::uint8_t{1}, std::uint8_t{2}, std::uint8_t{3}}) {
    const Evidence evidence = lossy_host(answered_at);
    const ScanRules rules;
    Agenda agenda;
    LastLook look(evidence, rules, agenda);
    look.look_ahead(Time{4s});
    look.look_ahead(Time{4s});
    CHECK(asked(agenda) == 2 * silences);
    look.plan(Time{5s});
    CHECK(asked(agenda) == (answered_at > 2 ? 2 * silences : 0));
  }
}
