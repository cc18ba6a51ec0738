#include "dns_message.hpp"
#include "look_up.hpp"
#include "scripted_server.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;
using Clock = std::chrono::steady_clock;

namespace {

ResolverOptions for_ipv4(const ScriptedServer& server) {
  auto options = patient({server.name_server()});
  options.families = Families::ipv4_only;
  return options;
}

Reply many_addresses(const Question& q, std::uint32_t count) {
  Reply reply(q);
  for (std::uint32_t i = 1; i <= count; ++i) reply.a(q.name, 0x7f000000 + i);
  return reply;
}

}  // namespace

TEST_CASE("A truncated answer is fetched whole by TCP") {
  boost::asio::io_context context;
  ScriptedServer server(context, [](const Question& q) { return many_addresses(q, 100).framed(); });
  Resolver resolver(context, for_ipv4(server));
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(answer.addresses.size() == 100);
  CHECK(answer.detail.empty());
  CHECK(server.tcp_questions == 1);
}

TEST_CASE("A whole answer that comes byte by byte is read") {
  boost::asio::io_context context;
  ScriptedServer server(context, [](const Question& q) { return many_addresses(q, 2).framed(); });
  server.pause_between_bytes = std::chrono::milliseconds(1);
  auto options = for_ipv4(server);
  options.try_timeout = std::chrono::seconds(5);
  Resolver resolver(context, options);
  CHECK(look_up(context, resolver, "edge.example").addresses.size() == 2);
}

TEST_CASE("A server that drips its answer for ever is left when its time is over") {
  boost::asio::io_context context;
  ScriptedServer server(context, [](const Question&) {
    Bytes endless(60000, 0);
    endless[0] = 0xff;
    return endless;
  });
  server.pause_between_bytes = std::chrono::milliseconds(5);
  auto options = for_ipv4(server);
  SECTION("by the time of a try") {
    options.try_timeout = std::chrono::milliseconds(100);
    options.tries = 1;
  }
  SECTION("by the name's deadline") {
    options.try_timeout = std::chrono::seconds(60);
    options.deadline = std::chrono::milliseconds(200);
  }
  Resolver resolver(context, options);
  const auto begin = Clock::now();
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(answer.failure == SkipReason::dns_timeout);
  CHECK(Clock::now() - begin < std::chrono::seconds(5));
  CHECK(server.bytes_dripped > 2);
}

TEST_CASE("A server that truncates but takes no TCP is a failure that says so") {
  boost::asio::io_context context;
  ScriptedServer server(context, [](const Question&) { return Bytes{}; });
  server.stop_listening_by_tcp();
  Resolver resolver(context, for_ipv4(server));
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(answer.failure == SkipReason::dns_failure);
  CHECK_THAT(answer.detail, Contains("Connection refused"));
}

TEST_CASE("A connection closed before the answer is a failure that says so") {
  boost::asio::io_context context;
  const auto sent = GENERATE(Bytes{}, Bytes{0}, Bytes{0, 40, 1, 2, 3});
  ScriptedServer server(context, [&sent](const Question&) { return sent; });
  server.close_after_answer = true;
  Resolver resolver(context, for_ipv4(server));
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(answer.failure == SkipReason::dns_failure);
  CHECK_THAT(answer.detail, Contains("closed the connection"));
}

TEST_CASE("A message of no bytes by TCP does no harm") {
  boost::asio::io_context context;
  ScriptedServer server(context, [](const Question&) { return Bytes{0, 0}; });
  auto options = for_ipv4(server);
  options.try_timeout = std::chrono::milliseconds(100);
  Resolver resolver(context, options);
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(answer.addresses.empty());
  CHECK((answer.failure == SkipReason::dns_failure || answer.failure == SkipReason::dns_timeout));
}

TEST_CASE("An answer by TCP that is cut short even so gives what it holds, and says so") {
  boost::asio::io_context context;
  ScriptedServer server(
      context, [](const Question& q) { return Reply(q).truncated().a(q.name, 0x7f000001).framed(); });
  Resolver resolver(context, for_ipv4(server));
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(texts(answer.addresses) == Texts{"127.0.0.1"});
  CHECK_THAT(answer.detail, Contains("cut short"));
}

TEST_CASE("An answer of thousands of addresses is bounded, and says so") {
  boost::asio::io_context context;
  ScriptedServer server(context, [](const Question& q) { return many_addresses(q, 1500).framed(); });
  auto options = for_ipv4(server);
  options.try_timeout = std::chrono::seconds(2);
  Resolver resolver(context, options);
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(answer.addresses.size() == 256);
  CHECK_THAT(answer.detail, Contains("first 256"));
}
