#include "cli/options/value_parsers.hpp"

#include <CLI/CLI.hpp>
#include <chrono>

#include "support/catch.hpp"

using namespace edgesurvey;
using namespace std::chrono_literals;

TEST_CASE("a duration is a number with ms, s or m, and a bare number is seconds") {
  CHECK(parse_duration("--timeout", "500ms") == 500ms);
  CHECK(parse_duration("--timeout", "1.9s") == 1900ms);
  CHECK(parse_duration("--timeout", "2m") == 2min);
  CHECK(parse_duration("--timeout", "3") == 3s);
  CHECK(parse_duration("--timeout", "1ms") == 1ms);
  CHECK(parse_duration("--timeout", "10m") == 10min);
}

TEST_CASE("a duration that is no use is refused") {
  const auto* text = GENERATE("", "s", "0", "0.5ms", "-1s", "11m", "1h", "1 s", "1s ", "nan", "inf", "1e999");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_duration("--timeout", text), CLI::ValidationError);
}

TEST_CASE("a whole number lies within its bounds and is nothing else") {
  CHECK(parse_whole("--seed", "0", 0, 10) == 0);
  CHECK(parse_whole("--seed", "10", 0, 10) == 10);
  const auto* text = GENERATE("", "11", "-1", "+1", "1.0", "1x", " 1", "0x1", "99999999999999999999");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_whole("--seed", text, 0, 10), CLI::ValidationError);
}

TEST_CASE("a rate is zero or something a survey can end at") {
  CHECK(parse_rate("--rate", "0") == 0);
  CHECK(parse_rate("--rate", "0.01") == 0.01);
  CHECK(parse_rate("--rate", "1e7") == 1e7);
  const auto* text = GENERATE("", "0.001", "1e8", "-0.5", "nan", "inf", "5/s");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_rate("--rate", text), CLI::ValidationError);
}

TEST_CASE("a sample is a number of ports or all of them") {
  CHECK(parse_sample("1") == 1);
  CHECK(parse_sample(std::to_string(whole_range)) == whole_range);
  CHECK(parse_sample("all") == whole_range);
  const auto* text = GENERATE("", "0", "9998", "ALL", "-1", "6 4");
  CAPTURE(text);
  CHECK_THROWS_AS(parse_sample(text), CLI::ValidationError);
}

TEST_CASE("verdicts are counted once each, however they are given") {
  CHECK(parse_verdicts({}).empty());
  CHECK(parse_verdicts({"closed,cls-exposed", "closed"}) ==
        std::vector{Verdict::closed, Verdict::cls_exposed});
  CHECK_THROWS_AS(parse_verdicts({"closed,,cls-exposed"}), CLI::ValidationError);
  CHECK_THROWS_AS(parse_verdicts({"CLS-EXPOSED"}), CLI::ValidationError);
}
