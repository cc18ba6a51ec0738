#include "scanner/task.hpp"

#include "support/catch.hpp"

using namespace edgesurvey;

TEST_CASE("Ports, confirmations, the bracket and repeats are numbered apart") {
  CHECK(asks_port(port_task(0)));
  CHECK(asks_port(port_task(20'000)));
  for (const std::size_t i : {0U, 1U, 2U}) {
    CHECK(confirms(confirm_task(i)));
    CHECK_FALSE(asks_port(confirm_task(i)));
    CHECK_FALSE(repeats_for_rtt(confirm_task(i)));
  }
  CHECK_FALSE(confirms(bracket_task));
  CHECK_FALSE(repeats_for_rtt(bracket_task));
  CHECK(repeats_for_rtt(repeat_task(0)));
  CHECK_FALSE(confirms(repeat_task(12)));
}
