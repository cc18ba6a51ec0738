#include "scanner/inquiry/task.hpp"

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

TEST_CASE("The name of a try tells its task and which try of it it is, and the first has the task's own") {
  for (const TaskId task :
       {port_task(0), port_task(20'000), confirm_task(2), bracket_task, repeat_task(12)}) {
    CHECK(try_of(task, 1) == task);
    for (const unsigned number : {1U, 2U, 9U, most_tries_told_apart}) {
      CHECK(task_of(try_of(task, number)) == task);
      CHECK(number_of(try_of(task, number)) == number);
    }
    CHECK(try_of(task, most_tries_told_apart + 1) == try_of(task, most_tries_told_apart));
  }
}
