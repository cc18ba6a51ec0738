#include "scanner/net/deadline_wheel.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "support/catch.hpp"

using namespace edgesurvey;
using std::chrono::hours;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t no_limit = SIZE_MAX;

std::vector<DeadlineWheel::Slot> due_at(DeadlineWheel& wheel, Time now, std::size_t limit = no_limit) {
  std::vector<DeadlineWheel::Slot> due;
  wheel.take_due(now, limit, due);
  std::sort(due.begin(), due.end());
  return due;
}

using Slots = std::vector<DeadlineWheel::Slot>;

}  // namespace

TEST_CASE("an empty wheel has no next deadline") {
  DeadlineWheel wheel;
  REQUIRE(wheel.next() == Time::max());
  REQUIRE(due_at(wheel, Time(hours(1))).empty());
}

TEST_CASE("a deadline is due at its time and not before") {
  DeadlineWheel wheel;
  const Time now(hours(5));
  wheel.insert(7, now, now + milliseconds(30));
  wheel.insert(3, now, now + milliseconds(10));
  REQUIRE(wheel.next() == now + milliseconds(10));
  REQUIRE(due_at(wheel, now + milliseconds(9)).empty());
  REQUIRE(due_at(wheel, now + milliseconds(10)) == Slots{3});
  REQUIRE(wheel.next() == now + milliseconds(30));
  REQUIRE(due_at(wheel, now + milliseconds(500)) == Slots{7});
  REQUIRE(wheel.next() == Time::max());
}

TEST_CASE("an erased deadline never comes") {
  DeadlineWheel wheel;
  for (DeadlineWheel::Slot slot = 0; slot < 3; ++slot) wheel.insert(slot, Time{}, Time(milliseconds(10)));
  wheel.erase(1);
  REQUIRE(wheel.size() == 2);
  REQUIRE(due_at(wheel, Time(milliseconds(10))) == Slots{0, 2});
}

TEST_CASE("a deadline several turns of the wheel away waits for its turn") {
  DeadlineWheel wheel;
  wheel.insert(0, Time{}, Time(milliseconds(60'000)));
  REQUIRE(wheel.next() <= Time(milliseconds(60'000)));
  for (int ms = 0; ms < 60'000; ms += 500) REQUIRE(due_at(wheel, Time(milliseconds(ms))).empty());
  REQUIRE(due_at(wheel, Time(milliseconds(60'000))) == Slots{0});
}

TEST_CASE("no more deadlines are taken at once than asked for, and the rest are due at once") {
  DeadlineWheel wheel;
  for (DeadlineWheel::Slot slot = 0; slot < 10; ++slot)
    wheel.insert(slot, Time{}, Time(milliseconds(5 + slot)));
  const Time later(milliseconds(100));
  REQUIRE(due_at(wheel, later, 4) == Slots{0, 1, 2, 3});
  REQUIRE(wheel.next() <= later);
  REQUIRE(due_at(wheel, later) == Slots{4, 5, 6, 7, 8, 9});
}

TEST_CASE("the wheel agrees with a sorted map of deadlines, whatever is done to both") {
  const bool agrees = rc::check([] {
    DeadlineWheel wheel;
    std::map<DeadlineWheel::Slot, Time> model;
    Time now(hours(1));
    const int steps = *rc::gen::inRange(1, 200);
    for (int step = 0; step < steps; ++step) {
      const auto slot = *rc::gen::inRange<DeadlineWheel::Slot>(0, 40);
      if (model.count(slot) != 0) {
        wheel.erase(slot);
        model.erase(slot);
      } else {
        const Time deadline = now + Duration(*rc::gen::inRange<std::int64_t>(0, 20'000'000'000));
        wheel.insert(slot, now, deadline);
        model[slot] = deadline;
      }
      if (*rc::gen::inRange(0, 3) == 0) now += Duration(*rc::gen::inRange<std::int64_t>(0, 9'000'000'000));

      for (const auto taken : due_at(wheel, now, *rc::gen::element(std::size_t{3}, no_limit))) {
        RC_ASSERT(model.at(taken) <= now);
        model.erase(taken);
      }
      for (const auto taken : due_at(wheel, now)) {
        RC_ASSERT(model.at(taken) <= now);
        model.erase(taken);
      }
      RC_ASSERT(wheel.size() == model.size());
      for (const auto& [left, deadline] : model) {
        RC_ASSERT(deadline + DeadlineWheel::tick > now);
        RC_ASSERT(wheel.next() <= deadline + DeadlineWheel::tick);
      }
    }
  });
  REQUIRE(agrees);
}
