#include "dns_message.hpp"
#include "look_up.hpp"
#include "scripted_server.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

// Both families, two addresses each.
Datagrams two_of_each(const Question& q) {
  Reply reply(q);
  if (q.type == type_a) reply.a(q.name, 0x7f000001).a(q.name, 0x7f000002);
  if (q.type == type_aaaa) reply.aaaa(q.name, 1).aaaa(q.name, 2);
  return {reply.bytes()};
}

const Texts all_four = {"127.0.0.1", "127.0.0.2", "2001:db8::1", "2001:db8::2"};

}  // namespace

TEST_CASE("Every address of both families is given, IPv4 first") {
  boost::asio::io_context context;
  ScriptedServer server(context, two_of_each);
  Resolver resolver(context, patient({server.name_server()}));
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(texts(answer.addresses) == all_four);
  CHECK_FALSE(answer.failure);
  CHECK(answer.detail.empty());
}

TEST_CASE("A name is asked for as it is, without search domains") {
  boost::asio::io_context context;
  ScriptedServer server(context,
                        [](const Question& q) { return Datagrams{Reply(q).rcode(nxdomain).bytes()}; });
  ::setenv("LOCALDOMAIN", "search.example", 1);
  {
    Resolver resolver(context, patient({server.name_server()}));
    CHECK(look_up(context, resolver, "edge").failure == SkipReason::nxdomain);
  }
  ::unsetenv("LOCALDOMAIN");
  CHECK(server.names_asked == Texts{"edge", "edge"});
}

TEST_CASE("Only the wanted family is asked for") {
  boost::asio::io_context context;
  ScriptedServer server(context, two_of_each);
  auto options = patient({server.name_server()});
  SECTION("IPv4") {
    options.families = Families::ipv4_only;
    Resolver resolver(context, options);
    CHECK(texts(look_up(context, resolver, "edge.example").addresses) == Texts{"127.0.0.1", "127.0.0.2"});
  }
  SECTION("IPv6") {
    options.families = Families::ipv6_only;
    Resolver resolver(context, options);
    CHECK(texts(look_up(context, resolver, "edge.example").addresses) == Texts{"2001:db8::1", "2001:db8::2"});
  }
  CHECK(server.udp_questions == 1);
}

TEST_CASE("With IPv6 only, an AAAA record that hides an IPv4 address is no address") {
  boost::asio::io_context context;
  ScriptedServer server(context, [](const Question& q) {
    Bytes mapped(16, 0);
    mapped[10] = mapped[11] = 0xff;
    mapped[12] = 127;
    return Datagrams{Reply(q).record(q.name, type_aaaa, mapped).bytes()};
  });
  auto options = patient({server.name_server()});
  options.families = Families::ipv6_only;
  Resolver resolver(context, options);
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(answer.addresses.empty());
  CHECK(answer.failure == SkipReason::no_address);
}

TEST_CASE("The alias chain is given once, though both families tell it") {
  boost::asio::io_context context;
  ScriptedServer server(context, [](const Question& q) {
    Reply reply(q);
    reply.cname(q.name, "pool.example").cname("pool.example", "host.example");
    if (q.type == type_a) reply.a("host.example", 0x7f000001);
    return Datagrams{reply.bytes()};
  });
  Resolver resolver(context, patient({server.name_server()}));
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(texts(answer.aliases) == Texts{"pool.example", "host.example"});
  CHECK(texts(answer.addresses) == Texts{"127.0.0.1"});
}

TEST_CASE("A wrong answer is not believed, and the right one after it is") {
  boost::asio::io_context context;
  ScriptedServer server(context, [](const Question& q) {
    return Datagrams{
        Bytes{},
        Bytes{1, 2, 3},
        Bytes(400, 0xff),
        Reply(q).wrong_id().a(q.name, 0x7f000009).bytes(),
        Reply(q).other_question("other.example", q.type).a("other.example", 0x7f000009).bytes(),
        q.type == type_a ? Reply(q).a(q.name, 0x7f000001).bytes() : Reply(q).bytes(),
    };
  });
  Resolver resolver(context, patient({server.name_server()}));
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(texts(answer.addresses) == Texts{"127.0.0.1"});
  CHECK(server.udp_questions == 2);
}

TEST_CASE("A first try that is lost is made up for by the second") {
  boost::asio::io_context context;
  std::size_t lost = 2;
  ScriptedServer server(context, [&lost](const Question& q) {
    if (lost != 0) return --lost, Datagrams{};
    return two_of_each(q);
  });
  Resolver resolver(context, impatient({server.name_server()}));
  CHECK(texts(look_up(context, resolver, "edge.example").addresses) == all_four);
  CHECK(server.udp_questions == 4);
}

TEST_CASE("One family's answer stands though the other's fails, and the failure is told") {
  boost::asio::io_context context;
  ScriptedServer server(context, [](const Question& q) {
    if (q.type == type_aaaa) return Datagrams{Reply(q).rcode(servfail).bytes()};
    return Datagrams{Reply(q).a(q.name, 0x7f000001).bytes()};
  });
  Resolver resolver(context, patient({server.name_server()}));
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(texts(answer.addresses) == Texts{"127.0.0.1"});
  CHECK_FALSE(answer.failure);
  CHECK(answer.detail == "AAAA: " + server.text() + " answered: SERVFAIL");
}

TEST_CASE("The servers are asked in their order, and those behind the first only when it fails") {
  boost::asio::io_context context;
  ScriptedServer good(context, two_of_each);
  ScriptedServer first(context, two_of_each);
  SECTION("the first answers") {
    Resolver resolver(context, impatient({first.name_server(), good.name_server()}));
    CHECK(texts(look_up(context, resolver, "edge.example").addresses) == all_four);
    CHECK(good.udp_questions == 0);
  }
  SECTION("the first does not exist, says a good answer") {
    first.on_udp = [](const Question& q) { return Datagrams{Reply(q).rcode(nxdomain).bytes()}; };
    Resolver resolver(context, impatient({first.name_server(), good.name_server()}));
    CHECK(look_up(context, resolver, "edge.example").failure == SkipReason::nxdomain);
    CHECK(good.udp_questions == 0);
  }
  SECTION("the first fails") {
    const auto failures = std::vector<ScriptedServer::UdpScript>{
        [](const Question&) { return Datagrams{}; },
        [](const Question& q) { return Datagrams{Reply(q).rcode(servfail).bytes()}; },
        [](const Question& q) { return Datagrams{Reply(q).rcode(refused).bytes()}; },
        [](const Question& q) { return Datagrams{Reply(q).claim_answers(9).bytes()}; },
    };
    first.on_udp = failures[GENERATE(range(std::size_t{0}, std::size_t{4}))];
    Resolver resolver(context, impatient({first.name_server(), good.name_server()}));
    CHECK(texts(look_up(context, resolver, "edge.example").addresses) == all_four);
    CHECK(first.udp_questions == 2);
    CHECK(good.udp_questions == 2);
  }
}
