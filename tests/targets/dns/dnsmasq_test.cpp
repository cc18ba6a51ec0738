#include "dnsmasq.hpp"

#include "look_up.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

TEST_CASE("A real server's records become addresses, aliases and reasons") {
  if (!Dnsmasq::is_installed()) {
    WARN("dnsmasq-base is not installed: nothing is checked here");
    return;
  }
  boost::asio::io_context context;
  std::vector<std::string> records = {
      "--host-record=edge.example,127.0.0.11,::1", "--host-record=edge.example,127.0.0.12",
      "--host-record=only4.example,127.0.0.13",    "--host-record=only6.example,::1",
      "--cname=sip.example,pool.example",          "--cname=pool.example,edge.example",
      "--txt-record=text.example,nothing else",
  };
  for (int i = 1; i <= 60; ++i) records.push_back("--host-record=many.example,127.0.1." + std::to_string(i));
  const Dnsmasq server(context, records);
  auto options = patient({server.name_server()});
  options.try_timeout = std::chrono::seconds(2);
  Resolver resolver(context, options);
  const auto ask = [&](std::string_view name) { return look_up(context, resolver, name); };

  SECTION("several addresses in both families") {
    auto found = texts(ask("edge.example").addresses);
    std::sort(found.begin(), found.end());
    CHECK(found == Texts{"127.0.0.11", "127.0.0.12", "::1"});
  }
  SECTION("one family only") {
    CHECK(texts(ask("only4.example").addresses) == Texts{"127.0.0.13"});
    const auto only6 = ask("only6.example");
    CHECK(texts(only6.addresses) == Texts{"::1"});
    CHECK(only6.detail.empty());
  }
  SECTION("a chain of aliases") {
    const auto answer = ask("sip.example");
    CHECK(texts(answer.aliases).back() == "edge.example");
    CHECK(answer.addresses.size() == 3);
  }
  SECTION("more addresses than a datagram holds, by TCP") {
    CHECK(ask("many.example").addresses.size() == 60);
  }
  SECTION("a name without an address") {
    CHECK(ask("text.example").failure == SkipReason::no_address);
  }
  SECTION("a name that does not exist") {
    CHECK(ask("missing.example").failure == SkipReason::nxdomain);
  }
  SECTION("a name the server will not look up") {
    const auto answer = ask("elsewhere.invalid");
    CHECK(answer.failure == SkipReason::dns_failure);
    CHECK_THAT(answer.detail, Catch::Matchers::Contains("REFUSED"));
  }
}
