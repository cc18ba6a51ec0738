#include "targets/dns/hosts_file.hpp"

#include "look_up.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

TEST_CASE("A hosts file gives all addresses of a name, from all its lines, IPv4 first") {
  const auto file = HostsFile::parse(
      "# names of ours\n"
      "::1\tedge.example edge6.example\r\n"
      "127.0.0.2   other.example   Edge.EXAMPLE # the second\n"
      "127.0.0.3 edge.example\n"
      "127.0.0.2 edge.example");
  CHECK(texts(file.find(host("edge.example"))) == Texts{"127.0.0.2", "127.0.0.3", "::1"});
  CHECK(texts(file.find(host("EDGE6.example"))) == Texts{"::1"});
  CHECK(file.find(host("second.example")).empty());
}

TEST_CASE("Lines of a hosts file that make no sense are passed over") {
  const auto file = HostsFile::parse(
      "nonsense edge.example\n127.0.0.1\n\n   \n127.0.0.4 b\xff"
      "d.example edge.example\n");
  CHECK(texts(file.find(host("edge.example"))) == Texts{"127.0.0.4"});
}

TEST_CASE("A hosts file that is not there is an empty one") {
  CHECK(HostsFile::read("/nonexistent/hosts").find(host("localhost")).empty());
}
