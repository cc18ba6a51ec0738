#include <netinet/in.h>

#include "support/catch.hpp"
#include "support/loopback_ports.hpp"
#include "support/loopback_probe.hpp"

using namespace edgesurvey;
using namespace edgesurvey::test;
using std::chrono::milliseconds;

namespace {

// A watching probe whose handshake is done, and the peer's end of it.
class Watched {
 public:
  explicit Watched(Duration watch = std::chrono::seconds(5)) : open_(loopback_v4()) {
    auto request = request_to(loopback_v4(), open_.port(), Technique::watch);
    request.watch = watch;
    REQUIRE(connector_.start(request, clock_now()) == StartResult::started);
    wait_for(connector_);
    accepted_ = open_.accept();
    REQUIRE(accepted_);
  }

  // Sees the handshake before the peer does anything.
  void collect_handshake() {
    std::vector<Completion> completions;
    connector_.collect(clock_now(), completions);
    REQUIRE(completions.empty());
    REQUIRE(connector_.in_flight() == 1);
  }

  void peer_sends(std::size_t bytes) {
    const std::string text(bytes, 'x');
    REQUIRE(::send(accepted_.get(), text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes));
  }
  void peer_shuts_down() { REQUIRE(::shutdown(accepted_.get(), SHUT_WR) == 0); }
  void peer_resets() {
    const linger at_once{1, 0};
    REQUIRE(::setsockopt(accepted_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) == 0);
    accepted_.reset();
  }

  std::string end() {
    const auto completions = run_out(connector_);
    REQUIRE(completions.size() == 1);
    CHECK(completions[0].outcome.rtt > Duration::zero());
    CHECK(completions[0].outcome.rtt < std::chrono::seconds(1));
    return describe(completions[0].outcome);
  }

 private:
  OpenPort open_;
  Connector connector_;
  FileDescriptor accepted_;
};

}  // namespace

TEST_CASE("a peer that does nothing is idle when the watch ends") {
  Watched probe(milliseconds(30));
  REQUIRE(probe.end() == "open syn-ack idle");
}

TEST_CASE("what the peer does is told, whether it comes before or after we saw the handshake") {
  const bool handshake_first = GENERATE(true, false);
  Watched probe;
  if (handshake_first) probe.collect_handshake();

  SECTION("data") {
    probe.peer_sends(1);
    REQUIRE(probe.end() == "open syn-ack data");
  }
  SECTION("more data than anyone would read") {
    probe.peer_sends(60000);
    REQUIRE(probe.end() == "open syn-ack data");
  }
  SECTION("end of file") {
    probe.peer_shuts_down();
    REQUIRE(probe.end() == "open syn-ack end-of-file");
  }
  SECTION("data, then end of file: the first counts") {
    probe.peer_sends(10);
    probe.peer_shuts_down();
    REQUIRE(probe.end() == "open syn-ack data");
  }
  SECTION("a reset") {
    probe.peer_resets();
    REQUIRE(probe.end() == "open syn-ack reset");
  }
  SECTION("data, then a reset: the first counts") {
    probe.peer_sends(10);
    probe.peer_resets();
    REQUIRE(probe.end() == "open syn-ack data");
  }
  SECTION("end of file, then a reset") {
    probe.peer_shuts_down();
    probe.peer_resets();
    REQUIRE(probe.end() == "open syn-ack end-of-file");
  }
}

TEST_CASE("a full connection that is reset before we look was open all the same") {
  const OpenPort open(loopback_v4());
  Connector connector;
  REQUIRE(connector.start(request_to(loopback_v4(), open.port(), Technique::full_connect), clock_now()) ==
          StartResult::started);
  wait_for(connector);
  FileDescriptor accepted = open.accept();
  REQUIRE(accepted);
  const linger at_once{1, 0};
  REQUIRE(::setsockopt(accepted.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once) == 0);
  accepted.reset();
  const auto completions = run_out(connector);
  REQUIRE(completions.size() == 1);
  REQUIRE(describe(completions[0].outcome) == "open syn-ack");
}
