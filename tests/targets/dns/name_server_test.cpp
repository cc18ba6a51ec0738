#include "support/catch.hpp"
#include "targets/dns/resolver.hpp"

using edgesurvey::NameServer;

TEST_CASE("A name server is written as an address, with or without a port") {
  const auto [text, shown] = GENERATE(table<const char*, const char*>({
      {"127.0.0.1", "127.0.0.1:53"},
      {"127.0.0.1:5353", "127.0.0.1:5353"},
      {"127.0.0.1:65535", "127.0.0.1:65535"},
      {"::1", "[::1]:53"},
      {"[::1]", "[::1]:53"},
      {"[2001:db8::53]:1053", "[2001:db8::53]:1053"},
      {"::ffff:127.0.0.1", "127.0.0.1:53"},
  }));
  CAPTURE(text);
  const auto server = NameServer::parse(text);
  REQUIRE(server);
  CHECK(server->to_string() == shown);
}

TEST_CASE("What is no name server is refused, and the message says what is wrong") {
  const auto [text, what] = GENERATE(table<const char*, const char*>({
      {"", "IP:PORT"},
      {"dns.example", "IP:PORT"},
      {"dns.example:53", "IP:PORT"},
      {"127.0.0.1:", "1 to 65535"},
      {"127.0.0.1:0", "1 to 65535"},
      {"127.0.0.1:65536", "1 to 65535"},
      {"127.0.0.1:-1", "1 to 65535"},
      {"127.0.0.1:53 ", "1 to 65535"},
      {"127.0.0.1:+53", "1 to 65535"},
      {":53", "IP:PORT"},
      {"[::1]:", "1 to 65535"},
      {"[::1", "IP:PORT"},
      {"[::1]53", "IP:PORT"},
      {"[]:53", "IP:PORT"},
      {"0.0.0.0", "no DNS server"},
      {"224.0.0.251:5353", "no DNS server"},
      {"255.255.255.255", "no DNS server"},
      {"ff02::fb", "no DNS server"},
  }));
  CAPTURE(text);
  std::string why;
  CHECK_FALSE(NameServer::parse(text, &why));
  CHECK_THAT(why, Catch::Matchers::Contains(what));
}
