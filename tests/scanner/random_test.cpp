#include "scanner/random.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <array>

#include "support/catch.hpp"

using namespace edgesurvey;

TEST_CASE("The seeded numbers are SplitMix64's, on every platform and release") {
  // The reference implementation's first outputs for seed 1234567 (Vigna, prng.di.unimi.it/splitmix64.c).
  SeededRandom random(1234567);
  CHECK(random.next() == 6457827717110365317ULL);
  CHECK(random.next() == 3203168211198807973ULL);
  CHECK(random.next() == 9817491932198370423ULL);
}

TEST_CASE("A drawn number is below its bound, whatever the bound") {
  REQUIRE(rc::check([](std::uint64_t seed) {
    const auto bound = *rc::gen::suchThat(rc::gen::arbitrary<std::uint64_t>(), [](auto b) { return b > 0; });
    SeededRandom random(seed);
    return random.below(bound) < bound && random.below(1) == 0;
  }));
}

TEST_CASE("Drawn numbers are spread evenly") {
  std::array<int, 10> counts{};
  SeededRandom random(2015);
  for (int i = 0; i < 100'000; ++i) ++counts.at(random.below(10));
  for (const int count : counts) CHECK(std::abs(count - 10'000) < 500);  // more than five standard deviations
}

TEST_CASE("A shuffle keeps every value, and the seed decides the order") {
  std::vector<int> values(100);
  for (int i = 0; i < 100; ++i) values[static_cast<std::size_t>(i)] = i;
  auto once = values;
  auto again = values;
  auto other = values;
  SeededRandom(7).shuffle(once);
  SeededRandom(7).shuffle(again);
  SeededRandom(8).shuffle(other);
  CHECK(once == again);
  CHECK(once != other);
  CHECK(once != values);
  std::sort(once.begin(), once.end());
  CHECK(once == values);
}
