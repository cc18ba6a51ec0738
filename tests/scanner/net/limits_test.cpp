#include "scanner/net/limits.hpp"

#include <sys/resource.h>

#include <vector>

#include "support/catch.hpp"
#include "support/loopback_ports.hpp"
#include "support/netns_child.hpp"

using namespace edgesurvey;
using namespace edgesurvey::test;

namespace {

// Puts the limits back: the other tests of this program need descriptors too.
class WithLimit {
 public:
  explicit WithLimit(rlim_t soft) {
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before_) == 0);
    rlimit lowered = before_;
    lowered.rlim_cur = soft;
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &lowered) == 0);
  }
  ~WithLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  rlim_t hard() const { return before_.rlim_max; }

 private:
  rlimit before_{};
};

rlim_t soft_limit() {
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
  return limit.rlim_cur;
}

}  // namespace

TEST_CASE("the descriptor limit rises as far as the probes wanted need, and no further") {
  const WithLimit limit(100);
  const DescriptorBudget budget = raise_descriptor_limit(500);
  REQUIRE(budget.max_in_flight == 500);
  REQUIRE(budget.soft_limit == soft_limit());
  REQUIRE(budget.soft_limit >= 500 + budget.reserve);
  REQUIRE(budget.soft_limit < 500 + budget.reserve + 100);
}

TEST_CASE("a limit already higher than needed is left alone") {
  const WithLimit limit(1000);
  REQUIRE(raise_descriptor_limit(10).max_in_flight == 10);
  REQUIRE(soft_limit() == 1000);
}

TEST_CASE(
    "no more probes than the hard limit has descriptors for, with a reserve kept and open files counted") {
  const WithLimit limit(100);
  const DescriptorBudget before = raise_descriptor_limit(SIZE_MAX / 2);
  REQUIRE(before.soft_limit == limit.hard());
  REQUIRE(before.reserve > 0);
  REQUIRE(before.max_in_flight + before.reserve < before.soft_limit);

  const ClosedPort one(loopback_v4());
  const ClosedPort two(loopback_v4());
  REQUIRE(raise_descriptor_limit(SIZE_MAX / 2).max_in_flight == before.max_in_flight - 2);
}

TEST_CASE("there is always room for one probe") {
  REQUIRE(raise_descriptor_limit(0).max_in_flight == 1);
}

TEST_CASE("a tracker with room enough is no reason for a warning") {
  const ConntrackRoom room{262144, 1000};
  REQUIRE_FALSE(conntrack_warning(room, 2000, 1'000'000));   // 240,000 at once
  REQUIRE_FALSE(conntrack_warning(room, 100'000, 200'000));  // the run is over before
}

TEST_CASE("a tracker that the run would fill is warned of, with a rate that would not") {
  const auto warning = conntrack_warning({262144, 1000}, 5000, 1'000'000);
  REQUIRE(warning);
  REQUIRE(warning->find("261144 more") != std::string::npos);
  REQUIRE(warning->find("600000") != std::string::npos);
  REQUIRE(warning->find("2176 probes/s") != std::string::npos);
}

TEST_CASE("a tracker that is full already is warned of") {
  REQUIRE(conntrack_warning({1000, 1000}, 1, 1));
}

TEST_CASE("the connection tracker's room is what the kernel says where it has one") {
  const auto text = in_private_network([] {
    run("nft -f -",
        "table inet t {\n chain c {\n type filter hook input priority 0;\n ct state new accept\n }\n}\n");
    const auto room = conntrack_room();
    return std::string(!room ? "none" : room->max > 0 && room->count <= room->max ? "room" : "nonsense");
  });
  if (text) REQUIRE((*text == "room" || *text == "none"));
}
