#include "reports/diff/change.hpp"

#include <algorithm>

#include "reports/diff/changed_survey.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::diff;
using namespace edgesurvey::testing;

namespace {

constexpr auto exposed = Verdict::cls_exposed;
constexpr auto open_range = Verdict::media_range_open;
constexpr auto unclear = Verdict::inconclusive;
constexpr auto closed = Verdict::closed;

Change between(Verdict before, Verdict now) {
  const auto was = snapshot("192.0.2.1", before);
  const auto is = snapshot("192.0.2.1", now);
  return change_of(&was, &is);
}

Change between_ports(std::vector<Port> before, std::vector<Port> now) {
  auto was = snapshot("192.0.2.1", exposed);
  auto is = was;
  was.cls_open = std::move(before);
  is.cls_open = std::move(now);
  return change_of(&was, &is);
}

}  // namespace

TEST_CASE("Every pair of verdicts has its change") {
  struct Pair {
    Verdict before;
    Verdict now;
    Change change;
    bool worse;
  };
  const auto pair = GENERATE(
      Pair{exposed, exposed, Change::same, false}, Pair{exposed, open_range, Change::better, false},
      Pair{exposed, unclear, Change::not_comparable, false}, Pair{exposed, closed, Change::fixed, false},
      Pair{open_range, exposed, Change::newly_exposed, true},
      Pair{open_range, open_range, Change::same, false},
      Pair{open_range, unclear, Change::not_comparable, false},
      Pair{open_range, closed, Change::fixed, false}, Pair{unclear, exposed, Change::not_comparable, true},
      Pair{unclear, open_range, Change::not_comparable, true}, Pair{unclear, unclear, Change::same, false},
      Pair{unclear, closed, Change::not_comparable, false},
      Pair{closed, exposed, Change::newly_exposed, true}, Pair{closed, open_range, Change::worse, true},
      Pair{closed, unclear, Change::not_comparable, false}, Pair{closed, closed, Change::same, false});
  INFO(edgesurvey::to_string(pair.before) << " -> " << edgesurvey::to_string(pair.now));
  const auto now = snapshot("192.0.2.1", pair.now);
  CHECK(between(pair.before, pair.now) == pair.change);
  CHECK(counts_as_worse(pair.change, &now) == pair.worse);
}

TEST_CASE("A host of one survey alone appeared or is gone, and a finding on one that appeared is worse") {
  for (const auto verdict : all_verdicts) {
    const auto host = snapshot("192.0.2.1", verdict);
    INFO(edgesurvey::to_string(verdict));
    CHECK(change_of(nullptr, &host) == Change::appeared);
    CHECK(change_of(&host, nullptr) == Change::gone);
    CHECK(counts_as_worse(Change::appeared, &host) == (verdict == exposed || verdict == open_range));
    CHECK_FALSE(counts_as_worse(Change::gone, nullptr));
  }
}

TEST_CASE("Of two exposed hosts the one with further CLS ports open is worse") {
  CHECK(between_ports({50001}, {50001, 50002, 50003}) == Change::worse);
  CHECK(between_ports({50001, 50002, 50003}, {50002}) == Change::better);
}

TEST_CASE("Other CLS ports, not more of them, tell no direction: a relay's ports come and go") {
  CHECK(between_ports({50001}, {50002}) == Change::same);
  CHECK(between_ports({50001, 50002}, {50002, 50003}) == Change::same);
}

TEST_CASE("Every change has a name and a meaning of its own") {
  for (const auto a : all_changes) {
    CHECK_FALSE(meaning(a).empty());
    CHECK(std::count_if(all_changes.begin(), all_changes.end(), [a](Change b) {
            return to_string(a) == to_string(b) || meaning(a) == meaning(b);
          }) == 1);
  }
}
