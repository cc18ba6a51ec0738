#include <rapidcheck.h>

#include <set>

#include "reports/json/json_writer.hpp"
#include "reports/text/escape.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/port_list.hpp"
#include "reports/text/terminal.hpp"
#include "reports/text/timestamp.hpp"
#include "support/catch.hpp"
#include "targets/text/text.hpp"

using namespace edgesurvey;

TEST_CASE("A cell never begins as a formula does") {
  for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "  =1+1",
                           "\xEF\xBC\x9D"
                           "1",
                           "\xEF\xBC\x8B"
                           "1",
                           "\xEF\xBC\x8D"
                           "1",
                           "\xEF\xBC\xA0"
                           "x"}) {
    const std::string cell = csv_text(text);
    INFO(cell);
    CHECK(cell.starts_with("\"'"));
  }
  CHECK(csv_text("\t=1") == "\\x09=1");
  CHECK(csv_text("\r\n") == "\\x0d\\x0a");
  CHECK(csv_text("a=1") == "a=1");
}

TEST_CASE("A cell is quoted where a reader of CSV would cut it") {
  CHECK(csv_text("plain") == "plain");
  CHECK(csv_text("a,b") == "\"a,b\"");
  CHECK(csv_text("a;b") == "\"a;b\"");
  CHECK(csv_text("say \"hi\"") == "\"say \"\"hi\"\"\"");
  CHECK(csv_text(" padded") == "\" padded\"");
}

TEST_CASE("Any text becomes one field of one line") {
  REQUIRE(rc::check([](const std::string& text) {
    const std::string cell = csv_text(text);
    const bool quoted = cell.starts_with('"');
    RC_ASSERT(cell.find_first_of("\r\n\t") == std::string::npos);
    RC_ASSERT(quoted || cell.find(',') == std::string::npos);
    if (quoted) RC_ASSERT(std::count(cell.begin(), cell.end(), '"') % 2 == 0);
  }));
}

TEST_CASE("Text is cut to the columns there are, wide and combining characters counted right") {
  CHECK(columns("abc") == 3);
  CHECK(columns("\xE6\x97\xA5\xE6\x9C\xAC") == 4);
  CHECK(columns("e\xCC\x81") == 1);
  CHECK(columns("\xE0\xA4\x95\xE0\xA5\x81") == 1);  // a Devanagari letter and its vowel sign
  CHECK(fit("abcdef", 6) == "abcdef");
  CHECK(fit("abcdef", 5) == "ab...");
  CHECK(fit("\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E", 5) == "\xE6\x97\xA5...");
  CHECK(fit("abc", 2) == "..");
  REQUIRE(rc::check([](const std::string& text) {
    const auto width = *rc::gen::inRange<std::size_t>(0, 40);
    RC_ASSERT(columns(fit(printable(text), width)) <= width);
  }));
}

TEST_CASE("A paragraph keeps its words and its width") {
  CHECK(paragraph("one two three", 7) == "one two\nthree");
  CHECK(paragraph("incomprehensible", 5) == "incomprehensible");
  CHECK(paragraph("", 5) == "");
}

TEST_CASE("A list of ports has nmap's form and comes back as it was") {
  CHECK(to_port_list({443, 50001, 50002, 50003, 60000}) == "443,50001-50003,60000");
  CHECK(to_port_list({}) == "");
  for (const char* bad : {"", ",", "0", "65536", "5,4", "5,5", "7-6", "1-", "-1", "1 ", " 1", "1,,2", "1x"}) {
    INFO(bad);
    CHECK_FALSE(parse_port_list(bad));
  }
  REQUIRE(rc::check([] {
    const auto set = *rc::gen::nonEmpty(rc::gen::container<std::set<Port>>(rc::gen::inRange<Port>(1, 65535)));
    const std::vector<Port> ports(set.begin(), set.end());
    RC_ASSERT(parse_port_list(to_port_list(ports)) == ports);
    PortSet reference;
    for (const Port port : ports) reference.insert(port);
    RC_ASSERT(to_port_list(ports) == reference.to_string());
  }));
}

TEST_CASE("A time is written in ISO 8601 and comes back as it was") {
  CHECK(to_iso8601(WallTime{}) == "1970-01-01T00:00:00.000Z");
  CHECK(to_iso8601(WallTime{std::chrono::milliseconds(1425288600250)}) == "2015-03-02T09:30:00.250Z");
  CHECK(to_iso8601(WallTime{std::chrono::milliseconds(-1)}) == "1969-12-31T23:59:59.999Z");
  CHECK(to_iso8601(WallTime::max()) == "9999-12-31T23:59:59.999Z");
  for (const char* bad : {"", "2015-03-02", "2015-02-29T00:00:00.000Z", "2015-03-02T24:00:00.000Z",
                          "2015-03-02T09:60:00.000Z", "2015-03-02T09:30:00.000", "2015-03-02 09:30:00.000Z",
                          "2015-03-02T09:30:00.0000Z", "+015-03-02T09:30:00.000Z"}) {
    INFO(bad);
    CHECK_FALSE(parse_iso8601(bad));
  }
  REQUIRE(rc::check([] {
    const WallTime time{
        std::chrono::milliseconds(*rc::gen::inRange<std::int64_t>(-62167219200000, 253402300799999))};
    RC_ASSERT(parse_iso8601(to_iso8601(time)) == time);
  }));
}

TEST_CASE("A share has six decimals at most and no idle zeros") {
  const auto shown = [](double value) {
    std::string text;
    append_decimal(text, value);
    return text;
  };
  CHECK(shown(63.0 / 250) == "0.252");
  CHECK(shown(0) == "0");
  CHECK(shown(1) == "1");
  CHECK(shown(1.0 / 3) == "0.333333");
  CHECK(shown(-0.0000001) == "0");
  CHECK(shown(500) == "500");
}

TEST_CASE("The share of the 2015 survey reads as its author told it") {
  CHECK(share_with_interval(proportion(63, 250)) == "25.2 %, 95 % CI 19.9-31.1");
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(18250) == "18,250");
  CHECK(grouped(1234567) == "1,234,567");
}
