#include "targets/dns/family_result.hpp"

#include "look_up.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Kind = FamilyResult::Kind;

namespace {

FamilyResult with(Kind kind, std::vector<std::string> notes = {}) {
  return {kind, {}, {}, std::move(notes)};
}
FamilyResult with_address(const char* text) {
  return {Kind::addresses, {*Address::parse(text)}, {}, {}};
}

}  // namespace

TEST_CASE("Without an address, the reason is the one that leaves the most open") {
  struct Row {
    Kind a;
    Kind aaaa;
    SkipReason reason;
  };
  const auto row = GENERATE(values<Row>({
      {Kind::no_address, Kind::no_address, SkipReason::no_address},
      {Kind::nxdomain, Kind::nxdomain, SkipReason::nxdomain},
      {Kind::nxdomain, Kind::no_address, SkipReason::nxdomain},
      {Kind::nxdomain, Kind::timeout, SkipReason::nxdomain},
      {Kind::nxdomain, Kind::failure, SkipReason::nxdomain},
      {Kind::no_address, Kind::timeout, SkipReason::dns_timeout},
      {Kind::no_address, Kind::failure, SkipReason::dns_failure},
      {Kind::timeout, Kind::timeout, SkipReason::dns_timeout},
      {Kind::timeout, Kind::failure, SkipReason::dns_failure},
  }));
  CHECK(combine(with(row.a), with(row.aaaa)).failure == row.reason);
  CHECK(combine(with(row.aaaa), with(row.a)).failure == row.reason);
}

TEST_CASE("A family that was not asked for has no say") {
  CHECK(combine(with(Kind::no_address), std::nullopt).failure == SkipReason::no_address);
  CHECK(combine(std::nullopt, with(Kind::timeout)).failure == SkipReason::dns_timeout);
}

TEST_CASE("An address of one family outweighs the other's failure, which is told") {
  const auto answer = combine(with_address("127.0.0.1"), with(Kind::timeout, {"::1 did not answer"}));
  CHECK_FALSE(answer.failure);
  CHECK(texts(answer.addresses) == Texts{"127.0.0.1"});
  CHECK(answer.detail == "AAAA: ::1 did not answer");
}

TEST_CASE("A family without addresses beside one with some is nothing to tell") {
  CHECK(combine(with_address("127.0.0.1"), with(Kind::no_address)).detail.empty());
  CHECK(combine(with(Kind::no_address), with_address("::1")).detail.empty());
}

TEST_CASE("A name that exists for one family only is told") {
  CHECK(combine(with_address("127.0.0.1"), with(Kind::nxdomain)).detail == "AAAA: no such name (NXDOMAIN)");
}

TEST_CASE("What both families say is told once") {
  CHECK(combine(with(Kind::nxdomain), with(Kind::nxdomain)).detail == "no such name (NXDOMAIN)");
  CHECK(combine(with(Kind::failure, {"x failed"}), with(Kind::no_address)).detail ==
        "A: x failed; AAAA: no address");
}

TEST_CASE("The order in which a server deals its records out does not show") {
  FamilyResult a = with_address("127.0.0.2");
  a.addresses.push_back(*Address::parse("127.0.0.1"));
  const auto answer = combine(a, with_address("::1"));
  CHECK(texts(answer.addresses) == Texts{"127.0.0.1", "127.0.0.2", "::1"});
}
