#include "cli/terminal/progress.hpp"

#include <chrono>

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

namespace {

Progress half_way() {
  return {.hosts_done = 120,
          .hosts_expected = 240,
          .probes = 9431,
          .probes_of_done = 9200,
          .probes_a_host = 80,
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

TEST_CASE("in its first seconds, and before the first probe has ended, the pace tells the time left") {
  Progress begun = half_way();
  begun.elapsed = 2s;
  CHECK_THAT(progress_line(begun, 120), Catch::Matchers::EndsWith(", 1m 02s left"));
  begun.elapsed = 10s;
  begun.probes = begun.probes_of_done = begun.hosts_done = 0;
  CHECK_THAT(progress_line(begun, 120), Catch::Matchers::EndsWith(", 54s left"));
}

// 9,369 probes in 60 s are 156/s, whatever the pace; 240 hosts of 80 probes need 9,831 more.
TEST_CASE("a survey slower than its pace takes as long as its probes show, before any host is done, too") {
  Progress slow = half_way();
  slow.hosts_done = slow.probes_of_done = 0;
  slow.probes = 9369;
  slow.elapsed = 60s;
  slow.estimate = 20s;
  CHECK_THAT(progress_line(slow, 120), Catch::Matchers::EndsWith(" probes (156/s), 31 exposed, 1m 03s left"));
}

TEST_CASE("as long as a host is not done there is time left") {
  Progress late = half_way();
  late.probes_of_done = 0;
  late.probes_a_host = 1;
  CHECK_THAT(progress_line(late, 120), Catch::Matchers::EndsWith(", 1s left"));
  late.probes_of_done = late.probes + 1;  // a recheck counts as one more attempt
  late.probes_a_host = 1e300;
  CHECK_THAT(progress_line(late, 120), Catch::Matchers::EndsWith(", 31 years or more left"));
}

TEST_CASE("a survey that has only begun has no rate, and one that is done no time left") {
  CHECK(progress_line({.hosts_expected = 5}, 120) == "0/5 hosts, 0 probes (0/s), 0 exposed, 1s left");
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
  CHECK(format_count(18446744073709551614U) == "18,446,744,073,709,551,614");
  CHECK(format_count(18446744073709551615U) == "2^64 or more");
}
