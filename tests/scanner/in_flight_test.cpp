#include "scanner/in_flight.hpp"

#include "support/catch.hpp"

using namespace edgesurvey;

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
  in_flight.add(first);
  CHECK(in_flight.has_first_tries());
  in_flight.remove(first, true);
  CHECK_FALSE(in_flight.has_first_tries());

  const TryId search = try_of(port_task(1), 1);
  in_flight.add(search);
  CHECK(in_flight.has_search());
  CHECK_FALSE(in_flight.has_first_tries());
  in_flight.remove(search, false);

  in_flight.add(try_of(bracket_task, 1));
  CHECK(in_flight.has_words());
  in_flight.remove(try_of(bracket_task, 1), false);
  CHECK(in_flight.none());
}

TEST_CASE("A further try neither counts as a first one nor as part of a search") {
  InFlight in_flight(evidence);
  in_flight.add(try_of(port_task(0), 2));
  in_flight.add(try_of(port_task(1), 2));
  CHECK_FALSE(in_flight.none());
  CHECK_FALSE(in_flight.has_first_tries());
  CHECK_FALSE(in_flight.has_search());
}

TEST_CASE("A host is in doubt from the repeat of a service until anything answers") {
  InFlight in_flight(evidence);
  const TryId port = try_of(port_task(0), 1);
  in_flight.add(port);
  CHECK_FALSE(in_flight.host_is_in_doubt());
  in_flight.add(repeat_task(0));
  CHECK(in_flight.host_is_in_doubt());
  in_flight.remove(repeat_task(0), false);
  CHECK(in_flight.host_is_in_doubt());
  in_flight.remove(port, true);
  CHECK_FALSE(in_flight.host_is_in_doubt());
}
