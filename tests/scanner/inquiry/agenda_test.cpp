#include "scanner/inquiry/agenda.hpp"

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

TEST_CASE("An empty agenda is never due") {
  Agenda agenda;
  CHECK(agenda.empty());
  CHECK(agenda.next_due() == Time::max());
  CHECK_FALSE(agenda.take_due(Time{1h}));
}

TEST_CASE("What is due is taken in the order in which it was noted, and only once") {
  Agenda agenda;
  agenda.ask(7, Time{2s});
  agenda.ask(5, Time{1s});
  agenda.ask(9, Time{30s});
  CHECK(agenda.next_due() == Time{1s});
  CHECK_FALSE(agenda.take_due(Time{999ms}));
  CHECK(agenda.take_due(Time{3s}) == TaskId{7});
  CHECK_FALSE(agenda.contains(7));
  CHECK(agenda.contains(5));
  CHECK(agenda.take_due(Time{3s}) == TaskId{5});
  CHECK_FALSE(agenda.take_due(Time{3s}));
  CHECK(agenda.next_due() == Time{30s});
}

TEST_CASE("What is noted once keeps its time") {
  Agenda agenda;
  CHECK(agenda.ask_once(7, Time{1s}));
  CHECK_FALSE(agenda.ask_once(7, Time{}));
  CHECK(agenda.next_due() == Time{1s});
}

TEST_CASE("What is dropped from an agenda is not asked, however often it was noted") {
  Agenda agenda;
  agenda.ask(7, Time{1s});
  agenda.ask(5, Time{2s});
  agenda.ask(7, Time{3s});
  agenda.drop(7);
  agenda.drop(8);
  CHECK_FALSE(agenda.contains(7));
  CHECK(agenda.take_due(Time{9s}) == TaskId{5});
  CHECK(agenda.empty());
}

TEST_CASE("What is brought forward may come at its new time, and no later than it might have") {
  Agenda agenda;
  agenda.ask(7, Time{4s});
  agenda.ask(5, Time{5s});
  agenda.bring_forward(7, Time{2s});
  agenda.bring_forward(8, Time{1s});
  CHECK(agenda.next_due() == Time{2s});
  agenda.bring_forward(7, Time{3s});
  CHECK(agenda.next_due() == Time{2s});
  CHECK(agenda.take_due(Time{9s}) == TaskId{7});
  CHECK(agenda.next_due() == Time{5s});
}

TEST_CASE("What is put off is asked as often as it was noted, and none of it before its time") {
  Agenda agenda;
  agenda.ask(7, Time{1s});
  agenda.ask(5, Time{1s});
  agenda.ask(7, Time{4s});
  agenda.put_off(7, Time{3s});
  CHECK(agenda.take_due(Time{2s}) == TaskId{5});
  CHECK_FALSE(agenda.take_due(Time{2s}));
  CHECK(agenda.take_due(Time{3s}) == TaskId{7});
  CHECK(agenda.next_due() == Time{4s});
}

TEST_CASE("What is asked anew is asked once, at its new time") {
  Agenda agenda;
  agenda.ask(7, Time{1s});
  agenda.ask_anew(7, Time{2s});
  CHECK(agenda.next_due() == Time{2s});
  CHECK(agenda.take_due(Time{2s}) == TaskId{7});
  CHECK(agenda.empty());
}

TEST_CASE("A port is asked again as long as tries are left, and not twice at a time") {
  Agenda agenda;
  Evidence evidence;
  evidence.ports.resize(2);
  evidence.ports[1].attempts = 2;
  const ScanRules rules{.retries = 1};
  CHECK(ask_again(agenda, evidence, rules, 0, Time{1s}));
  CHECK_FALSE(ask_again(agenda, evidence, rules, 0, Time{}));
  CHECK_FALSE(ask_again(agenda, evidence, rules, 1, Time{}));
  CHECK(agenda.next_due() == Time{1s});
}

TEST_CASE("A cleared agenda asks nothing more") {
  Agenda agenda;
  agenda.ask(7, Time{});
  agenda.clear();
  CHECK(agenda.empty());
}
