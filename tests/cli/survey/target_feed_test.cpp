#include "cli/survey/target_feed.hpp"

#include <boost/asio/io_context.hpp>
#include <map>

#include "support/catch.hpp"
#include "targets/dns/look_up.hpp"
#include "targets/dns/scripted_server.hpp"
#include "targets/target_list.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

constexpr std::uint32_t outside = 0xCB007100;  // 203.0.113.0: told about, never probed

// A real resolver and a real server on the loopback; what the feed tells is kept by target text.
class Feeding {
 public:
  Feeding(const std::string& text, ScriptedServer::UdpScript script, Scope allowed = {})
      : server(context, std::move(script)), scope(std::move(allowed)) {
    TargetParser(list).parse_text(text, "test");
    REQUIRE(list.errors.empty());
    auto dns = patient({server.name_server()});
    dns.families = Families::ipv4_only;
    feed.emplace(context, list.targets, scope, dns,
                 [this](const Target& target, const TargetOutcome& outcome) {
                   REQUIRE(target.origin.line == list.targets[outcome.index].origin.line);
                   REQUIRE(told.try_emplace(target.origin.line, outcome).second);
                 });
  }

  void start() {
    feed->start([this] { ++changes; });
  }
  void resolve_all() {
    start();
    run_until(context, [this] { return told.size() == list.targets.size(); });
  }
  Texts hosts() {
    Texts texts;
    for (Address address; feed->next_host(address) == HostFeed::Supply::host;)
      texts.push_back(address.to_string());
    return texts;
  }
  std::optional<SkipReason> skipped(std::size_t line) const { return told.at(line).skipped; }

  boost::asio::io_context context;
  ScriptedServer server;
  TargetList list;
  Scope scope;
  std::optional<TargetFeed> feed;
  std::map<std::size_t, TargetOutcome> told;  // by line
  int changes = 0;
};

ScriptedServer::UdpScript always(std::vector<std::uint32_t> addresses) {
  return [addresses](const testing::Question& question) {
    Reply reply(question);
    for (const auto address : addresses) reply.a(question.name, address);
    return Datagrams{reply.bytes()};
  };
}

ScriptedServer::UdpScript silence() {
  return [](const testing::Question&) { return Datagrams{}; };
}

Scope all_but(const std::string& text) {
  ScopeList exclude;
  exclude.parse_text(text, "test");
  return Scope(std::nullopt, exclude, false);
}

Scope only(const std::string& text) {
  ScopeList allow;
  allow.parse_text(text, "test");
  return Scope(allow, {}, false);
}

}  // namespace

TEST_CASE("a name on three lines is asked for once and told three times") {
  Feeding feeding("edge.example\nEDGE.example. role=av\nedge.example\n", always({outside + 1}));
  feeding.resolve_all();
  CHECK(feeding.server.udp_questions == 1);
  CHECK(feeding.hosts() == Texts{"203.0.113.1"});
  for (const std::size_t line : {1U, 2U, 3U})
    CHECK(texts(feeding.told.at(line).addresses) == Texts{"203.0.113.1"});
}

TEST_CASE("every address of a name is a host, and each only once however many names lead there") {
  Feeding feeding("a.example\nb.example\n", always({outside + 1, outside + 2}));
  feeding.resolve_all();
  CHECK(feeding.hosts() == Texts{"203.0.113.1", "203.0.113.2"});
  CHECK(feeding.told.at(2).addresses.size() == 2);
  CHECK(feeding.feed->expected_hosts() == 2);
}

TEST_CASE("an address that is written down and also led to is probed once") {
  Feeding feeding("203.0.113.1\na.example\n", always({outside + 1, outside + 2}));
  feeding.resolve_all();
  CHECK(feeding.hosts() == Texts{"203.0.113.2", "203.0.113.1"});
  CHECK(feeding.told.at(2).addresses.size() == 2);
}

TEST_CASE("what DNS leads to is judged by the scope again") {
  Feeding feeding(
      "a.example\nb.example\n",
      [](const testing::Question& question) {
        return Datagrams{
            Reply(question).a(question.name, outside + (question.name[0] == 'a' ? 1 : 2)).bytes()};
      },
      only("203.0.113.1\na.example\nb.example\n"));
  feeding.resolve_all();
  CHECK(feeding.hosts() == Texts{"203.0.113.1"});
  CHECK(feeding.skipped(2) == SkipReason::out_of_scope);
  CHECK(feeding.told.at(2).detail == "203.0.113.2 not probed: out-of-scope");
}

TEST_CASE("a name with one excluded address of two is probed at the other, and says so") {
  Feeding feeding("a.example\n", always({outside + 1, outside + 2}), all_but("203.0.113.1\n"));
  feeding.resolve_all();
  CHECK(feeding.hosts() == Texts{"203.0.113.2"});
  CHECK_FALSE(feeding.skipped(1));
  CHECK(feeding.told.at(1).detail == "203.0.113.1 not probed: excluded");
}

TEST_CASE("a name that leads inside is not probed") {
  Feeding feeding("a.example\n", always({0x7F000001, 0x0A000001}));
  feeding.resolve_all();
  CHECK(feeding.hosts().empty());
  CHECK(feeding.skipped(1) == SkipReason::internal_address);
}

TEST_CASE("a name that leads to what is no host has no address, and is not said to lead inside") {
  Feeding feeding("a.example\n", always({0xE0000001, 0}));
  feeding.resolve_all();
  CHECK(feeding.hosts().empty());
  CHECK(feeding.skipped(1) == SkipReason::no_address);
  CHECK_THAT(
      feeding.told.at(1).detail,
      Catch::Matchers::Contains("224.0.0.1 not probed: it is multicast (224.0.0.0/4), not a host") &&
          Catch::Matchers::Contains("0.0.0.0 not probed: it is \"this network\" (0.0.0.0/8), not a host"));
}

TEST_CASE("an alias into a hosted service keeps the name's addresses from being probed") {
  Feeding feeding("a.example\n", [](const testing::Question& question) {
    return Datagrams{Reply(question)
                         .cname(question.name, "sipfed.online.lync.com")
                         .a("sipfed.online.lync.com", outside + 1)
                         .bytes()};
  });
  feeding.resolve_all();
  CHECK(feeding.hosts().empty());
  CHECK(feeding.skipped(1) == SkipReason::hosted_service);
  CHECK(feeding.told.at(1).addresses.empty());
  CHECK(feeding.told.at(1).detail == "leads to sipfed.online.lync.com");
}

TEST_CASE("a refused name is never asked for") {
  Feeding feeding("sipfed.online.lync.com\nnot.example\n", always({outside + 1}), all_but("not.example\n"));
  feeding.resolve_all();
  feeding.context.poll();
  CHECK(feeding.server.udp_questions == 0);
  CHECK(feeding.skipped(1) == SkipReason::hosted_service);
  CHECK(feeding.skipped(2) == SkipReason::excluded);
  Address address;
  CHECK(feeding.feed->next_host(address) == HostFeed::Supply::ended);
}

TEST_CASE("a name that does not exist is told so") {
  Feeding feeding("a.example\n", [](const testing::Question& question) {
    return Datagrams{Reply(question).rcode(nxdomain).bytes()};
  });
  feeding.resolve_all();
  CHECK(feeding.skipped(1) == SkipReason::nxdomain);
}

TEST_CASE("while names are looked up the literal hosts come out, and then: not yet") {
  Feeding feeding("203.0.113.9\na.example\n", silence());
  feeding.start();
  Address address;
  CHECK(feeding.feed->expected_hosts() == 2);
  CHECK(feeding.feed->next_host(address) == HostFeed::Supply::host);
  CHECK(address.to_string() == "203.0.113.9");
  CHECK(feeding.feed->next_host(address) == HostFeed::Supply::not_yet);
}

TEST_CASE("the end of the last lookup is announced, and then there are no more hosts") {
  Feeding feeding("a.example\n", always({outside + 1}));
  feeding.resolve_all();
  run_until(feeding.context, [&] { return feeding.changes == 1; });
  CHECK(feeding.hosts().size() == 1);
  Address address;
  CHECK(feeding.feed->next_host(address) == HostFeed::Supply::ended);
}

TEST_CASE("stop tells every name not yet resolved that it was interrupted, and gives no more hosts") {
  std::string text = "203.0.113.9\n";
  for (int i = 0; i < 300; ++i)
    text += "n" + std::to_string(i) + ".example\n";  // more than are asked at once
  Feeding feeding(text, silence());
  feeding.start();
  feeding.feed->stop();
  feeding.feed->stop();
  run_until(feeding.context, [&] { return feeding.told.size() == 301; });
  CHECK(feeding.feed->expected_hosts() == 1);  // no lookup is counted as open any more
  CHECK(feeding.hosts().empty());
  CHECK_FALSE(feeding.skipped(1));
  for (std::size_t line = 2; line <= 301; ++line) REQUIRE(feeding.skipped(line) == SkipReason::interrupted);
}
