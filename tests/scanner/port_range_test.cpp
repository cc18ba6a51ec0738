#include "scanner/port_range.hpp"

#include "support/catch.hpp"

using namespace edgesurvey;

TEST_CASE("A run of ports is written as its ends, a single port as itself") {
  CHECK(PortRange{50000, 52999}.to_string() == "50000-52999");
  CHECK(PortRange{50004, 50004}.to_string() == "50004");
}

TEST_CASE("What is written can be read back, and nothing else") {
  CHECK(PortRange::parse("50000-52999") == PortRange{50000, 52999});
  CHECK(PortRange::parse("50004") == PortRange{50004, 50004});
  for (const char* wrong : {"", "-", "50000-", "-50000", "52999-50000", "49999-50001", "59999-60000",
                            "50000-50001x", "1e5", "50000 "})
    CHECK_FALSE(PortRange::parse(wrong));
}
