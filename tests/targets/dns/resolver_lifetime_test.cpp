#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <filesystem>
#include <memory>

#include "dns_message.hpp"
#include "look_up.hpp"
#include "scripted_server.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

Datagrams nothing(const Question&) {
  return {};
}
Datagrams one_address(const Question& q) {
  Reply reply(q);
  if (q.type == type_a) reply.a(q.name, 0x7f000001);
  return {reply.bytes()};
}

std::string numbered(std::size_t i) {
  return "n" + std::to_string(i) + ".example";
}

std::size_t open_descriptors() {
  const auto all = std::filesystem::directory_iterator("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

// Allows only so many more descriptors, until it goes.
class DescriptorLimit {
 public:
  explicit DescriptorLimit(rlim_t more) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int next = ::dup(0);
    ::close(next);
    const rlimit limited{static_cast<rlim_t>(next) + more, before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &limited);
  }
  ~DescriptorLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  DescriptorLimit(const DescriptorLimit&) = delete;
  DescriptorLimit& operator=(const DescriptorLimit&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("No more names are looked up at once than allowed, and all are answered once") {
  boost::asio::io_context context;
  ScriptedServer server(context, one_address);
  auto options = patient({server.name_server()});
  options.max_in_flight = 4;
  options.try_timeout = std::chrono::seconds(5);
  Resolver resolver(context, options);
  std::vector<int> answered(200, 0);
  for (std::size_t i = 0; i < answered.size(); ++i) {
    resolver.resolve(host(numbered(i)), [&answered, i](const NameAnswer& answer) {
      ++answered[i];
      CHECK_FALSE(answer.failure);
    });
  }
  CHECK(resolver.pending() == 200);
  run_until(context, [&] { return resolver.pending() == 0; });
  CHECK(answered == std::vector<int>(200, 1));
  CHECK(server.udp_questions == 400);
}

TEST_CASE("Only as many questions wait at a silent server as names may be in flight") {
  boost::asio::io_context context;
  ScriptedServer server(context, nothing);
  auto options = patient({server.name_server()});
  options.max_in_flight = 3;
  options.try_timeout = std::chrono::seconds(60);
  options.deadline = std::chrono::seconds(60);
  Resolver resolver(context, options);
  const std::size_t before = open_descriptors();
  for (std::size_t i = 0; i < 50; ++i) resolver.resolve(host(numbered(i)), [](const NameAnswer&) {});
  run_until(context, [&] { return server.udp_questions == 6; });
  context.poll();
  CHECK(server.udp_questions == 6);
  CHECK(open_descriptors() == before + 6);
}

TEST_CASE("An answer is never given from inside resolve()") {
  boost::asio::io_context context;
  ScriptedServer server(context, one_address);
  Resolver resolver(context, patient({server.name_server()}));
  bool inside = false;
  std::size_t answers = 0;
  Resolver::Done again = [&](const NameAnswer&) {
    CHECK_FALSE(inside);
    if (++answers == 3) return;
    inside = true;
    resolver.resolve(host("edge.example"), again);
    inside = false;
  };
  again({});
  run_until(context, [&] { return answers == 3; });
}

TEST_CASE("Cancelling ends every lookup, running or waiting, as interrupted, once and later") {
  boost::asio::io_context context;
  ScriptedServer server(context, nothing);
  auto options = patient({server.name_server()});
  options.max_in_flight = 2;
  options.try_timeout = std::chrono::seconds(60);
  Resolver resolver(context, options);
  const std::size_t before = open_descriptors();
  std::size_t interrupted = 0;
  for (std::size_t i = 0; i < 5; ++i)
    resolver.resolve(host(numbered(i)), [&](const NameAnswer& answer) {
      CHECK(answer.failure == SkipReason::interrupted);
      ++interrupted;
    });
  run_until(context, [&] { return server.udp_questions == 4; });
  resolver.cancel();
  CHECK(interrupted == 0);
  CHECK(resolver.pending() == 5);
  CHECK(open_descriptors() == before);
  resolver.cancel();
  run_until(context, [&] { return resolver.pending() == 0; });
  CHECK(interrupted == 5);
}

TEST_CASE("A cancelled resolver can be used again") {
  boost::asio::io_context context;
  ScriptedServer server(context, one_address);
  Resolver resolver(context, patient({server.name_server()}));
  resolver.resolve(host("edge.example"), [](const NameAnswer&) {});
  resolver.cancel();
  CHECK(texts(look_up(context, resolver, "edge.example").addresses) == Texts{"127.0.0.1"});
}

TEST_CASE("A resolver that is gone answers nobody and leaves no descriptor behind") {
  boost::asio::io_context context;
  ScriptedServer server(context, nothing);
  const std::size_t before = open_descriptors();
  auto resolver = std::make_unique<Resolver>(context, patient({server.name_server()}));
  for (std::size_t i = 0; i < 5; ++i)
    resolver->resolve(host(numbered(i)), [](const NameAnswer&) { FAIL("answered after its end"); });
  run_until(context, [&] { return server.udp_questions == 10; });
  SECTION("with lookups running") {}
  SECTION("with their interruption on its way") {
    resolver->cancel();
  }
  resolver.reset();
  CHECK(open_descriptors() == before);
  bool reached = false;
  boost::asio::post(context, [&reached] { reached = true; });
  run_until(context, [&reached] { return reached; });
}

TEST_CASE("A resolver may be ended, or cancelled, from inside an answer") {
  boost::asio::io_context context;
  ScriptedServer server(context, one_address);
  auto resolver = std::make_unique<Resolver>(context, patient({server.name_server()}));
  std::size_t answers = 0;
  SECTION("ended") {
    for (std::size_t i = 0; i < 5; ++i)
      resolver->resolve(host(numbered(i)), [&](const NameAnswer&) {
        ++answers;
        resolver.reset();
      });
    run_until(context, [&] { return resolver == nullptr; });
    context.poll();
    CHECK(answers == 1);
  }
  SECTION("cancelled") {
    for (std::size_t i = 0; i < 5; ++i)
      resolver->resolve(host(numbered(i)), [&](const NameAnswer&) {
        ++answers;
        resolver->cancel();
      });
    run_until(context, [&] { return resolver->pending() == 0; });
    CHECK(answers == 5);
  }
}

TEST_CASE("No descriptor is left open when all is answered") {
  boost::asio::io_context context;
  ScriptedServer server(context, one_address);
  Resolver resolver(context, patient({server.name_server()}));
  const std::size_t before = open_descriptors();
  for (std::size_t i = 0; i < 20; ++i) look_up(context, resolver, numbered(i));
  CHECK(open_descriptors() == before);
}

TEST_CASE("Too few descriptors slow the lookups down but fail none") {
  boost::asio::io_context context;
  ScriptedServer server(context, one_address);
  Resolver resolver(context, patient({server.name_server()}));
  std::size_t good = 0;
  for (std::size_t i = 0; i < 40; ++i)
    resolver.resolve(host(numbered(i)), [&](const NameAnswer& answer) {
      if (!answer.failure) ++good;
    });
  const DescriptorLimit limit(6);
  run_until(context, [&] { return resolver.pending() == 0; });
  CHECK(good == 40);
}

TEST_CASE("A name that waited past its deadline for a descriptor is looked up once there is one") {
  boost::asio::io_context context;
  ScriptedServer server(context, one_address);
  auto options = patient({server.name_server()});
  options.deadline = std::chrono::milliseconds(100);
  Resolver resolver(context, options);
  std::optional<NameAnswer> answer;
  resolver.resolve(host("edge.example"), [&answer](NameAnswer given) { answer = std::move(given); });
  {
    const DescriptorLimit limit(0);
    boost::asio::steady_timer later(context, std::chrono::milliseconds(400));
    bool over = false;
    later.async_wait([&over](const boost::system::error_code&) { over = true; });
    run_until(context, [&over] { return over; });
  }
  run_until(context, [&answer] { return answer.has_value(); });
  CHECK_FALSE(answer->failure);
  CHECK(server.udp_questions == 2);
}

TEST_CASE("Without a single descriptor the name fails in the end, and says whose fault it was") {
  boost::asio::io_context context;
  ScriptedServer server(context, one_address);
  auto options = patient({server.name_server()});
  options.deadline = std::chrono::milliseconds(200);
  options.shortage_patience = std::chrono::milliseconds(300);
  Resolver resolver(context, options);
  const DescriptorLimit limit(0);
  const auto answer = look_up(context, resolver, "edge.example");
  CHECK(answer.failure == SkipReason::dns_failure);
  CHECK_THAT(answer.detail, Contains("Too many open files"));
}
