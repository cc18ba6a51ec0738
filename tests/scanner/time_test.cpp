#include "scanner/time.hpp"

#include "support/catch.hpp"

using namespace edgesurvey;

TEST_CASE("Scan time is a plain number of nanoseconds that nobody but the caller can advance") {
  constexpr Time start{};
  constexpr Time later = start + std::chrono::milliseconds(950);
  STATIC_REQUIRE(later - start == Duration(950'000'000));
  STATIC_REQUIRE(ScanClock::is_steady);
  CHECK(start < later);
}

TEST_CASE("Wall-clock time counts milliseconds since 1970") {
  const WallTime time{std::chrono::milliseconds(1'426'000'000'000)};
  CHECK(std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count() == 1'426'000'000);
}
