#include "cli/progress.hpp"

#include <chrono>

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

namespace {

Progress half_way() {
  return {.hosts_done = 120,
          .hosts_expected = 240,
          .probes = 9431,
          .exposed = 31,
          .elapsed = 10s,
          .estimate = 64s};
}

}  // namespace

TEST_CASE("the progress line tells hosts, probes, rate, exposures and the time left") {
  CHECK(progress_line(half_way(), 120) == "120/240 hosts, 9,431 probes (943/s), 31 exposed, 10s left");
}

TEST_CASE("the progress line gives up what matters least to fit, and keeps the hosts") {
  const std::string whole = progress_line(half_way(), 120);
  CHECK(progress_line(half_way(), whole.size()) == "120/240 hosts, 9,431 probes, 31 exposed, 10s left");
  CHECK(progress_line(half_way(), 36) == "120/240 hosts, 31 exposed, 10s left");
  CHECK(progress_line(half_way(), 30) == "120/240 hosts, 31 exposed");
  CHECK(progress_line(half_way(), 1) == "120/240 hosts");
}

TEST_CASE("before the first host is done the estimate tells the time left") {
  Progress begun = half_way();
  begun.hosts_done = 0;
  CHECK(progress_line(begun, 120) == "0/240 hosts, 9,431 probes (943/s), 31 exposed, 54s left");
}

TEST_CASE("a survey that has only begun has no rate, and one that is done no time left") {
  CHECK(progress_line({.hosts_expected = 5}, 120) == "0/5 hosts, 0 probes (0/s), 0 exposed, 0s left");
  Progress done = half_way();
  done.hosts_done = done.hosts_expected;
  CHECK_THAT(progress_line(done, 120), Catch::Matchers::EndsWith(", 0s left"));
}

TEST_CASE("durations read as people say them, rounded up") {
  CHECK(format_duration(0s) == "0s");
  CHECK(format_duration(1ms) == "1s");
  CHECK(format_duration(59s) == "59s");
  CHECK(format_duration(60s) == "1m 00s");
  CHECK(format_duration(3599s) == "59m 59s");
  CHECK(format_duration(3600s) == "1h 00m");
  CHECK(format_duration(130min) == "2h 10m");
}

TEST_CASE("counts are grouped by thousands") {
  CHECK(format_count(0) == "0");
  CHECK(format_count(999) == "999");
  CHECK(format_count(1000) == "1,000");
  CHECK(format_count(18446744073709551615U) == "18,446,744,073,709,551,615");
}

TEST_CASE("many hosts take what the total pace needs, few what one host's pace needs") {
  const ProbePlan plan(64, 1);
  const PaceOptions pace{"normal", 500, 4};
  const double each = static_cast<double>(plan.size()) + 10;
  const auto in_seconds = [&](std::uint64_t hosts, const PaceOptions& at) {
    return std::chrono::duration<double>(estimate_survey(hosts, plan, at, 1s)).count();
  };
  CHECK(in_seconds(1, pace) == Approx(each / 4 + 2));
  CHECK(in_seconds(10000, pace) == Approx(each * 10000 / 500 + 2));
  CHECK(in_seconds(10000, {"custom", 0, 0}) == Approx(2));
  CHECK(in_seconds(18446744073709551615U, {"custom", 0.01, 0}) == Approx(1e9));
}
