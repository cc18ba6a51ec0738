#include "reports/json/json_cursor.hpp"

#include <vector>

#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

// What use() says against a value of the text; "nothing" if it has no complaint.
template <typename Use>
std::string complaint(std::string_view text, Use use, const std::string& place = {}) {
  JsonDocument document;
  try {
    use(document.parse(text, place));
  } catch (const ReadError& error) {
    return error.what();
  }
  return "nothing";
}

std::string complaint(std::string_view text) {
  return complaint(text, [](const JsonCursor&) {});
}

}  // namespace

TEST_CASE("Members are found in any order, and again") {
  JsonDocument document;
  const auto json = document.parse(R"({"a":1,"b":{"x":"in b"},"c":3})");
  CHECK(json.member("c").number() == 3);
  CHECK(json.member("a").number() == 1);
  CHECK(json.member("b").member("x").text() == "in b");
  CHECK(json.member("b").member("x").text() == "in b");
  CHECK(json.member("a").number() == 1);
}

TEST_CASE("A member that is null is as good as none") {
  JsonDocument document;
  const auto json = document.parse(R"({"null":null,"zero":0})");
  CHECK_FALSE(json.find("null"));
  CHECK_FALSE(json.find("other"));
  CHECK(json.find("zero"));
  CHECK_FALSE(document.parse("{}").find("zero"));
}

TEST_CASE("Elements and members come in the order they stand in") {
  JsonDocument document;
  const auto json = document.parse(R"([{"n":[1,2]},{"n":[]},{"n":[3]}])");
  std::vector<std::uint64_t> numbers;
  json.each([&](const JsonCursor& element) {
    element.member("n").each([&](const JsonCursor& number) { numbers.push_back(number.number()); });
  });
  CHECK(numbers == std::vector<std::uint64_t>{1, 2, 3});

  std::string members;
  document.parse(R"({"z":"1","a":"2"})").each_member([&](std::string_view key, const JsonCursor& value) {
    members += std::string(key) + std::string(value.text());
  });
  CHECK(members == "z1a2");
}

TEST_CASE("A value that is not what was asked for is named by its path") {
  const auto last_number = [](const JsonCursor& json) {
    json.member("hosts").each([](const JsonCursor& host) {
      host.member("ports").each([](const JsonCursor& port) { port.member("port").number(65535); });
    });
  };
  const std::string_view text = R"({"hosts":[{"ports":[]},{"ports":[{"port":1},{"port":65536}]}]})";
  CHECK(complaint(text, last_number) == "hosts[1].ports[1].port: 65536 is more than 65535");
  CHECK(complaint(text, last_number, "line 3") == "line 3.hosts[1].ports[1].port: 65536 is more than 65535");
  CHECK(complaint(text, [](const JsonCursor& json) { json.member("targets"); }) == "has no 'targets'");
  CHECK(complaint(R"({"a b":1})", [](const JsonCursor& json) { json.member("a b").text(); }) ==
        "['a b']: must be a string");
  CHECK(complaint(R"({"x":{"y":"no"}})", [](const JsonCursor& json) {
          json.each_member([](std::string_view, const JsonCursor& inner) { inner.member("y").boolean(); });
        }) == "x.y: must be true or false");
}

TEST_CASE("Every value has the type and the bounds that are asked for, or is refused") {
  const auto number = [](const JsonCursor& json) { json.number(); };
  CHECK(complaint("18446744073709551615", number) == "nothing");
  CHECK(complaint("-1", number) == "must be a whole number, zero or more");
  CHECK(complaint("1.0", number) == "must be a whole number, zero or more");
  CHECK(complaint("\"1\"", number) == "must be a whole number, zero or more");

  const auto share = [](const JsonCursor& json) { json.decimal(0, 1); };
  CHECK(complaint("1", share) == "nothing");
  CHECK(complaint("0.25", share) == "nothing");
  CHECK(complaint("1.01", share) == "is out of bounds");
  CHECK(complaint("true", share) == "must be a number");

  CHECK(complaint("\"abc\"", [](const JsonCursor& json) { json.text(2); }) == "is longer than 2 bytes");
  CHECK(complaint("{}", [](const JsonCursor& json) { json.each([](const JsonCursor&) {}); }) ==
        "must be an array");
  CHECK(complaint("[]", [](const JsonCursor& json) { json.find("a"); }) == "must be an object");
}

TEST_CASE("What is not JSON is refused as a whole") {
  for (const std::string_view text :
       {"", "{", "{\"a\":}", "[1,]", "nul", "01", "\"\xff\"", "\"\\ud800\"", "1 2"}) {
    CAPTURE(text);
    CHECK(complaint(text).starts_with("is not JSON: "));
  }
}

TEST_CASE("What is nested deeper than any result is refused") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(complaint(nested(8)) == "nothing");
  CHECK(complaint(nested(17)).starts_with("is not JSON: "));
  CHECK(complaint(nested(100'000)).starts_with("is not JSON: "));
  CHECK(complaint("[\"" + std::string(100'000, 'x') + "\"," + nested(17) + "]").starts_with("is not JSON: "));
}
