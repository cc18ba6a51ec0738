#include "targets/port_set.hpp"

#include <rapidcheck.h>

#include <vector>

#include "support/catch.hpp"

using namespace edgesurvey;

namespace {

std::string canonical(std::string_view text) {
  return PortSet::parse(text).value().to_string();
}

}  // namespace

TEST_CASE("Ports are written ascending, with runs as ranges") {
  CHECK(canonical("443") == "443");
  CHECK(canonical("50003,443,50001,50002") == "443,50001-50003");
  CHECK(canonical("1-65535") == "1-65535");
  CHECK(canonical("10-20,15-30,31") == "10-31");
  CHECK(canonical("7,7") == "7");
  CHECK(PortSet().to_string().empty());
}

TEST_CASE("A port is in a set once, in its place, whenever it was inserted") {
  PortSet set;
  for (const Port port : std::vector<Port>{50003, 443, 50001, 443, 0, 65535}) set.insert(port);
  CHECK(set.ports() == std::vector<Port>{0, 443, 50001, 50003, 65535});
  CHECK(set.size() == 5);
  CHECK(set.contains(50001));
  CHECK_FALSE(set.contains(50002));
  CHECK(sizeof(PortSet) == sizeof(std::vector<Port>));  // each judged host has one
}

TEST_CASE("Anything but ports from 1 to 65535 is refused") {
  for (const char* bad : {"", ",", "0", "65536", "443,", ",443", "1,,2", "20-10", "-5", "5-", "1-2-3", "http",
                          "443 ", "+443", "0x50", "99999999999", "0-10"}) {
    INFO(bad);
    CHECK_FALSE(PortSet::parse(bad));
  }
}

TEST_CASE("What is written of a port set reads back as the same ports") {
  REQUIRE(rc::check([] {
    const auto ports = *rc::gen::nonEmpty(rc::gen::container<std::vector<Port>>(
        rc::gen::oneOf(rc::gen::inRange<Port>(1, 20), rc::gen::inRange<Port>(65500, 65535))));
    PortSet set;
    for (const Port port : ports) set.insert(port);
    const auto again = PortSet::parse(set.to_string());
    RC_ASSERT(again.has_value());
    RC_ASSERT(again->size() == set.size());
    for (const Port port : ports) RC_ASSERT(again->contains(port));
  }));
}
