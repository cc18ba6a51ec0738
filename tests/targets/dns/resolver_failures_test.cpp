#include "dns_message.hpp"
#include "look_up.hpp"
#include "scripted_server.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;
using Clock = std::chrono::steady_clock;

namespace {

constexpr const char* no_answer = "no answer to the question";

struct Case {
  const char* says;
  ScriptedServer::UdpScript script;
  SkipReason reason;
  const char* detail;
};

const std::vector<Case> cases = {
    {"nothing", [](const Question&) { return Datagrams{}; }, SkipReason::dns_timeout,
     "did not answer in 100 ms"},
    {"NXDOMAIN", [](const Question& q) { return Datagrams{Reply(q).rcode(nxdomain).bytes()}; },
     SkipReason::nxdomain, "NXDOMAIN"},
    {"no records", [](const Question& q) { return Datagrams{Reply(q).bytes()}; }, SkipReason::no_address,
     "no address"},
    {"SERVFAIL", [](const Question& q) { return Datagrams{Reply(q).rcode(servfail).bytes()}; },
     SkipReason::dns_failure, "SERVFAIL"},
    {"REFUSED", [](const Question& q) { return Datagrams{Reply(q).rcode(refused).bytes()}; },
     SkipReason::dns_failure, "REFUSED"},
    {"FORMERR", [](const Question& q) { return Datagrams{Reply(q).rcode(formerr).bytes()}; },
     SkipReason::dns_failure, "FORMERR"},
    {"garbage", [](const Question&) { return Datagrams{Bytes(100, 0xff)}; }, SkipReason::dns_failure,
     no_answer},
    {"an empty datagram", [](const Question&) { return Datagrams{Bytes{}}; }, SkipReason::dns_failure,
     no_answer},
    {"an answer with another id", [](const Question& q) { return Datagrams{Reply(q).wrong_id().bytes()}; },
     SkipReason::dns_failure, no_answer},
    {"records that are not there",
     [](const Question& q) { return Datagrams{Reply(q).claim_answers(3).bytes()}; }, SkipReason::dns_failure,
     "unreadable"},
    {"a circle of aliases",
     [](const Question& q) { return Datagrams{Reply(q).cname(q.name, "b.c").cname("b.c", q.name).bytes()}; },
     SkipReason::dns_failure, "circle"},
    {"nothing for A, no record for AAAA",
     [](const Question& q) { return q.type == type_a ? Datagrams{} : Datagrams{Reply(q).bytes()}; },
     SkipReason::dns_timeout, "A: "},
    {"no record for A, nothing for AAAA",
     [](const Question& q) { return q.type == type_a ? Datagrams{Reply(q).bytes()} : Datagrams{}; },
     SkipReason::dns_timeout, "AAAA: "},
    {"NXDOMAIN for A, no record for AAAA",
     [](const Question& q) { return Datagrams{Reply(q).rcode(q.type == type_a ? nxdomain : 0).bytes()}; },
     SkipReason::nxdomain, "A: no such name"},
};

}  // namespace

TEST_CASE("Each way to get no address has its own reason and words") {
  const Case& row = cases[GENERATE(range(std::size_t{0}, cases.size()))];
  CAPTURE(row.says);
  boost::asio::io_context context;
  ScriptedServer server(context, row.script);
  const bool waits = row.reason == SkipReason::dns_timeout || std::string_view(row.detail) == no_answer;
  Resolver resolver(context, waits ? impatient({server.name_server()}) : patient({server.name_server()}));
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(answer.addresses.empty());
  CHECK(answer.failure == row.reason);
  CHECK_THAT(answer.detail, Contains(row.detail));
}

TEST_CASE("A server that does not listen is a failure at once, not a wait") {
  boost::asio::io_context context;
  auto options = patient({});
  {
    const ScriptedServer gone(context, [](const Question&) { return Datagrams{}; });
    options.servers = {gone.name_server()};
  }
  options.try_timeout = std::chrono::seconds(30);
  options.deadline = std::chrono::seconds(60);
  Resolver resolver(context, options);
  const auto begin = Clock::now();
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(answer.failure == SkipReason::dns_failure);
  CHECK(answer.detail == options.servers[0].to_string() + " failed (Connection refused)");
  CHECK(Clock::now() - begin < std::chrono::seconds(10));
}

TEST_CASE("Servers that fail in different ways are a failure, and each way is told") {
  boost::asio::io_context context;
  ScriptedServer silent(context, [](const Question&) { return Datagrams{}; });
  ScriptedServer failing(context,
                         [](const Question& q) { return Datagrams{Reply(q).rcode(servfail).bytes()}; });
  Resolver resolver(context, impatient({silent.name_server(), failing.name_server()}));
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(answer.failure == SkipReason::dns_failure);
  CHECK(answer.detail ==
        silent.text() + " did not answer in 100 ms, " + failing.text() + " answered: SERVFAIL");
}

TEST_CASE("A name's deadline holds however many servers stay silent") {
  boost::asio::io_context context;
  ScriptedServer silent(context, [](const Question&) { return Datagrams{}; });
  auto options = patient(std::vector<NameServer>(8, silent.name_server()));
  options.try_timeout = std::chrono::seconds(10);
  options.deadline = std::chrono::milliseconds(150);
  Resolver resolver(context, options);
  const auto begin = Clock::now();
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(answer.failure == SkipReason::dns_timeout);
  CHECK_THAT(answer.detail, Contains("gave up after 150 ms"));
  CHECK(Clock::now() - begin < std::chrono::seconds(5));
}

TEST_CASE("At the deadline the family that has answered is given") {
  boost::asio::io_context context;
  ScriptedServer server(context, [](const Question& q) {
    return q.type == type_a ? Datagrams{Reply(q).a(q.name, 0x7f000001).bytes()} : Datagrams{};
  });
  auto options = patient({server.name_server()});
  options.try_timeout = std::chrono::seconds(10);
  options.deadline = std::chrono::milliseconds(150);
  Resolver resolver(context, options);
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(texts(answer.addresses) == Texts{"127.0.0.1"});
  CHECK_FALSE(answer.failure);
  CHECK(answer.detail == "AAAA: gave up after 150 ms");
}

TEST_CASE("A name that DNS must never be asked for does not exist") {
  boost::asio::io_context context;
  ScriptedServer server(context, [](const Question& q) { return Datagrams{Reply(q).bytes()}; });
  Resolver resolver(context, patient({server.name_server()}));
  CHECK(look_up(context, resolver, "abc.onion").failure == SkipReason::nxdomain);
  CHECK(server.udp_questions == 0);
}
