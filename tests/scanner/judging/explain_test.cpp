#include "scanner/judging/explain.hpp"

#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

bool says(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

Facts silent_facts() {
  Facts facts;
  facts.services = {.open = 1, .silent = 2};
  facts.cls = {.silent = 3};
  facts.controls = {.silent = 6};
  facts.sample = {.silent = 64};
  return facts;
}

}  // namespace

TEST_CASE("An exposure is told with its ports, whether they lasted, and the relay as its rival") {
  Facts facts = silent_facts();
  facts.cls = {.open = 3};
  facts.cls_still_open = 3;
  PortSet open;
  for (int port = 50001; port <= 50003; ++port) open.insert(static_cast<Port>(port));
  const auto text = explain(VerdictReason::cls_ports_open, facts, open);
  CHECK(says(text, "ports 50001-50003 accepted connections and still did at the end"));
  CHECK(says(text, "outside the range did not"));
  CHECK(says(text, "media relay"));
}

TEST_CASE("An exposure whose ports could not be asked again says so") {
  Facts facts = silent_facts();
  facts.cls = {.open = 1, .silent = 2};
  facts.cls_not_asked = 1;
  PortSet open;
  open.insert(50002);
  CHECK(says(explain(VerdictReason::some_cls_ports_open, facts, open),
             "port 50002 accepted connections, and could not"));
  facts.stopped_responding = true;
  CHECK(says(explain(VerdictReason::some_cls_ports_open, facts, open), "before the host stopped responding"));
}

TEST_CASE("A passed range is told as a comparison of inside and outside") {
  Facts facts = silent_facts();
  facts.cls = {.refused = 3};
  facts.sample = {.refused = 64};
  const auto text = explain(VerdictReason::range_answers, facts, {});
  CHECK(says(text, "67 of 67 ports in 50000-59999 answered and none of 6 ports outside it did"));
  CHECK(says(text, "no logging service port was found open"));
  facts.controls = {.refused_in_front = 6};
  CHECK(says(explain(VerdictReason::range_answers, facts, {}), "by something in front of the host"));
}

TEST_CASE("A passed range with open CLS ports does not claim that none was found") {
  Facts facts = silent_facts();
  facts.cls = {.open = 1, .refused = 2};
  facts.sample = {.open = 20, .refused = 44};
  PortSet open;
  open.insert(50001);
  const auto text = explain(VerdictReason::range_answers, facts, open);
  CHECK_FALSE(says(text, "no logging service port"));
  CHECK(says(text, "relay ports in use"));
}

TEST_CASE("A silent range names stealth mode as the rival explanation") {
  CHECK(says(explain(VerdictReason::range_silent, silent_facts(), {}), "stealth mode"));
}

TEST_CASE("A rejected range says who rejects it, and how that was told") {
  Facts facts = silent_facts();
  facts.sample = {.refused = 64};
  facts.refusals = RefusalOrigin::in_front;
  CHECK(says(explain(VerdictReason::range_rejected, facts, {}), "clearly sooner"));
  facts.sample = {.prohibited = 64};
  facts.refusals = RefusalOrigin::nobody;
  CHECK(says(explain(VerdictReason::range_rejected, facts, {}),
             "64 of 67 ports in 50000-59999 were rejected by ICMP"));
}

TEST_CASE("Every reason is explained by a sentence of its own, even of no facts") {
  for (int value = 0; value < 13; ++value) {
    const auto text = explain(static_cast<VerdictReason>(value), Facts{}, {});
    INFO(text);
    CHECK(text.size() > 20);
    CHECK(text.find('.') == text.size() - 1);
    CHECK(text.find('\n') == std::string::npos);
  }
}

TEST_CASE("A range that accepts nearly everywhere is put down to a middlebox, not to a media relay") {
  Facts facts = silent_facts();
  facts.sample = {.open = 60, .silent = 4};
  const auto text = explain(VerdictReason::relay_port_open, facts, {});
  CHECK(says(text, "60 of 64 sampled ports"));
  CHECK(says(text, "SYN proxy, tarpit or forwarding rule"));
}
