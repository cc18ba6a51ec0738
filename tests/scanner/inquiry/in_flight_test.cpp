#include "scanner/inquiry/in_flight.hpp"

#include <chrono>

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

namespace {

Evidence two_ports() {
  Evidence evidence;
  evidence.ports = {{.port = 443, .role = Role::service}, {.port = 52000, .role = Role::boundary}};
  return evidence;
}

const Evidence evidence = two_ports();

}  // namespace

TEST_CASE("Tries in flight are told apart by what they are for") {
  InFlight in_flight(evidence);
  CHECK(in_flight.none());

  const TryId first = try_of(port_task(0), 1);
  in_flight.add(first, Time{});
  CHECK(in_flight.has_first_tries());
  in_flight.remove_answered(first, Time{});
  CHECK_FALSE(in_flight.has_first_tries());

  const TryId search = try_of(port_task(1), 1);
  in_flight.add(search, Time{});
  CHECK_FALSE(in_flight.has_first_tries());
  in_flight.remove_silent(search);

  in_flight.add(try_of(bracket_task, 1), Time{});
  CHECK(in_flight.has_words());
  in_flight.remove_silent(try_of(bracket_task, 1));
  CHECK(in_flight.none());
}

TEST_CASE("A further try neither counts as a first one nor as part of a search") {
  Evidence asked = two_ports();
  asked.ports[1].attempts = 2;
  InFlight in_flight(asked);
  in_flight.add(try_of(port_task(0), 2), Time{});
  in_flight.add(try_of(port_task(1), 2), Time{});
  CHECK_FALSE(in_flight.none());
  CHECK_FALSE(in_flight.has_first_tries());
  CHECK(in_flight.first_of_search(Time{}) == Time::max());
}

TEST_CASE("Of a search the first try that is still awaited is known, and none from before a given time") {
  Evidence asked = two_ports();
  asked.ports.push_back({.port = 53000, .role = Role::boundary});
  InFlight in_flight(asked);
  const auto ask = [&](std::size_t index, Time when) {
    asked.ports[index].attempts = 1;
    asked.ports[index].asked = when;
    in_flight.add(try_of(port_task(index), 1), when);
  };
  ask(1, Time{1s});
  ask(2, Time{2s});
  CHECK(in_flight.first_of_search(Time{}) == Time{1s});
  CHECK(in_flight.first_of_search(Time{1s}) == Time{1s});
  CHECK(in_flight.first_of_search(Time{1s + 1ns}) == Time{2s});
  asked.ports[1].state = PortState::closed;
  asked.ports[1].reason = Reason::conn_refused;
  in_flight.remove_answered(try_of(port_task(1), 1), Time{1s});
  CHECK(in_flight.first_of_search(Time{}) == Time{2s});
}

TEST_CASE("When a host was asked last is known, and when it was that it was heard last") {
  InFlight in_flight(evidence);
  CHECK(in_flight.last_asked() == Time::min());
  CHECK(in_flight.last_heard() == Time::min());
  in_flight.add(try_of(port_task(0), 1), Time{1s});
  in_flight.add(try_of(port_task(1), 1), Time{2s});
  in_flight.remove_answered(try_of(port_task(0), 1), Time{1s});
  CHECK(in_flight.last_asked() == Time{2s});
  CHECK(in_flight.last_heard() == Time{1s});
  in_flight.remove_silent(try_of(port_task(1), 1));
  CHECK(in_flight.last_heard() == Time{1s});
}

TEST_CASE("A host is in doubt from the repeat of a service until anything answers that was asked since") {
  InFlight in_flight(evidence);
  const TryId before = try_of(port_task(0), 1);
  const TryId after = try_of(port_task(1), 1);
  in_flight.add(before, Time{1s});
  CHECK_FALSE(in_flight.host_is_in_doubt());
  in_flight.add(repeat_task(0), Time{2s});
  CHECK(in_flight.host_is_in_doubt());
  CHECK(in_flight.in_doubt_since() == Time{2s});
  in_flight.add(repeat_task(1), Time{3s});
  in_flight.add(after, Time{4s});
  in_flight.remove_silent(repeat_task(0));
  in_flight.remove_answered(before, Time{1s});
  CHECK(in_flight.in_doubt_since() == Time{2s});
  in_flight.remove_answered(after, Time{4s});
  CHECK_FALSE(in_flight.host_is_in_doubt());
}

TEST_CASE("A repeat that is answered ends the doubt that it began") {
  InFlight in_flight(evidence);
  in_flight.add(repeat_task(0), Time{2s});
  in_flight.remove_answered(repeat_task(0), Time{2s - 1ms});
  CHECK_FALSE(in_flight.host_is_in_doubt());
}
