#include "scanner/net/limits.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <iterator>
#include <vector>

#include "support/catch.hpp"
#include "support/in_child.hpp"
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

rlim_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<rlim_t>(std::distance(begin(all), end(all)) - 1);  // less the iterator's own
}

// Whether it holds with so many descriptors more than are open now, and no way to get others.
bool with_only(rlim_t more, const std::function<bool()>& holds) {
  const rlim_t limit = open_descriptors() + more;
  const int status = status_of([&] {
    const rlimit all{limit, limit};
    ::_exit(::setrlimit(RLIMIT_NOFILE, &all) == 0 && holds() ? 7 : 8);
  });
  return WIFEXITED(status) && WEXITSTATUS(status) == 7;
}

rlim_t soft_limit() {
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &limit) == 0);
  return limit.rlim_cur;
}

}  // namespace

TEST_CASE("the descriptor limit rises as far as the probes wanted need, and no further") {
  const WithLimit limit(100);
  const DescriptorBudget budget = raise_descriptor_limit(500, 64);
  REQUIRE(budget.max_in_flight == 500);
  REQUIRE(budget.soft_limit == soft_limit());
  REQUIRE(budget.soft_limit >= 500 + budget.reserve);
  REQUIRE(budget.soft_limit < 500 + budget.reserve + 100);
}

TEST_CASE("a limit already higher than needed is left alone") {
  const WithLimit limit(1000);
  REQUIRE(raise_descriptor_limit(10, 0).max_in_flight == 10);
  REQUIRE(soft_limit() == 1000);
}

TEST_CASE(
    "no more probes than the hard limit has descriptors for, with a reserve kept and open files counted") {
  const WithLimit limit(100);
  const DescriptorBudget before = raise_descriptor_limit(SIZE_MAX / 2, 64);
  REQUIRE(before.soft_limit == limit.hard());
  REQUIRE(before.reserve > 0);
  REQUIRE(before.max_in_flight + before.reserve < before.soft_limit);

  const ClosedPort one(loopback_v4());
  const ClosedPort two(loopback_v4());
  REQUIRE(raise_descriptor_limit(SIZE_MAX / 2, 64).max_in_flight == before.max_in_flight - 2);
}

TEST_CASE("there is always room for one probe") {
  REQUIRE(raise_descriptor_limit(0, 0).max_in_flight == 1);
}

TEST_CASE("however few descriptors there are, the names that are still to be looked up have theirs") {
  const rlim_t more = GENERATE(rlim_t{9}, rlim_t{13}, rlim_t{20}, rlim_t{60}, rlim_t{400});
  REQUIRE(with_only(more, [more] {
    const DescriptorBudget budget = raise_descriptor_limit(20000, 64);
    return budget.lookups >= 1 && budget.max_in_flight >= 1 && budget.reserve >= 4 * budget.lookups + 4 &&
           budget.max_in_flight + budget.reserve <= more;
  }));
}

TEST_CASE("without names to look up the probes get what lookups would have had") {
  REQUIRE(with_only(40, [] {
    const DescriptorBudget budget = raise_descriptor_limit(20000, 0);
    return budget.lookups == 0 && budget.max_in_flight > raise_descriptor_limit(20000, 64).max_in_flight;
  }));
}

TEST_CASE("no more lookups are budgeted than are wanted") {
  const WithLimit limit(1000);
  REQUIRE(raise_descriptor_limit(10, 3).lookups == 3);
  REQUIRE(raise_descriptor_limit(10, 3).max_in_flight == 10);
}

TEST_CASE("too few descriptors to begin with are said before anything is opened, with what to do") {
  REQUIRE(with_only(12, [] {
    const auto said = descriptor_shortage(true);
    return said && said->find("(ulimit -n 1024)") != std::string::npos;
  }));
  REQUIRE(with_only(12, [] { return !descriptor_shortage(false); }));
  REQUIRE(with_only(13, [] { return !descriptor_shortage(true); }));
}

TEST_CASE("a limit that can be raised is no shortage") {
  const WithLimit limit(4);
  REQUIRE_FALSE(descriptor_shortage(true));
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

TEST_CASE("without a pace every probe of the run may be held at once") {
  REQUIRE_FALSE(conntrack_warning({262144, 1000}, 0, 200'000));
  const auto warning = conntrack_warning({262144, 1000}, 0, 1'000'000);
  REQUIRE(warning);
  REQUIRE(warning->find("may need 1000000") != std::string::npos);
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
