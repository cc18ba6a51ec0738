// What holds for any two surveys.
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>

#include "reports/diff/changed_survey.hpp"
#include "reports/diff/survey_diff.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::diff;
using namespace edgesurvey::testing;

namespace {

// Some of 0 to count - 1.
std::vector<int> any_of_first(int count) {
  std::vector<int> chosen;
  for (int i = 0; i < count; ++i)
    if (*rc::gen::arbitrary<bool>()) chosen.push_back(i);
  return chosen;
}

// Few addresses and names, so that two surveys have some in common and names move.
Snapshot any_snapshot(const std::string& address) {
  auto host = snapshot(address, static_cast<Verdict>(*rc::gen::inRange(0, 4)));
  if (host.verdict == Verdict::cls_exposed) {
    host.cls_open.clear();
    const int bits = *rc::gen::inRange(1, 8);
    for (int i = 0; i < 3; ++i)
      if ((bits >> i & 1) != 0) host.cls_open.push_back(static_cast<Port>(50001 + i));
  }
  host.confidence = static_cast<Confidence>(*rc::gen::inRange(0, 3));
  const auto answered = *rc::gen::inRange<std::uint32_t>(0, 65);
  host.range = {.sampled = 64, .answered = answered, .open = 0, .share = proportion(answered, 64)};
  for (const int name : any_of_first(5)) host.names.push_back("name" + std::to_string(name));
  return host;
}

SurveySnapshot any_survey() {
  std::vector<Snapshot> hosts;
  for (const int last : any_of_first(12)) {
    const bool v6 = last % 3 == 0;
    hosts.push_back(any_snapshot((v6 ? "2001:db8::" : "192.0.2.") + std::to_string(last)));
  }
  return survey_of(std::move(hosts));
}

std::string pair_of(const Snapshot* a, const Snapshot* b) {
  return (a ? a->address.to_string() : "none") + "|" + (b ? b->address.to_string() : "none");
}

// What a change is when the surveys change places: worse and better as groups, appeared and gone, the rest
// itself.
std::string mirrored(Change change) {
  switch (change) {
    case Change::newly_exposed:
    case Change::worse:
      return "better";
    case Change::better:
    case Change::fixed:
      return "worse";
    case Change::appeared:
      return "gone";
    case Change::gone:
      return "appeared";
    default:
      return std::string(to_string(change));
  }
}

std::string grouped(Change change) {
  switch (change) {
    case Change::newly_exposed:
    case Change::worse:
      return "worse";
    case Change::better:
    case Change::fixed:
      return "better";
    default:
      return std::string(to_string(change));
  }
}

}  // namespace

TEST_CASE("A survey compared with itself is the same all over, with nothing to note") {
  CHECK(rc::check([] {
    const auto survey = any_survey();
    const SurveyDiff diff(survey, survey);
    RC_ASSERT(diff.count(Change::same) == survey.hosts.size());
    RC_ASSERT(diff.worse() == 0U);
    RC_ASSERT(std::all_of(diff.entries().begin(), diff.entries().end(),
                          [](const Entry& entry) { return entry.is_unchanged(); }));
  }));
}

TEST_CASE("Surveys that change places turn worse into better and gone into appeared, host by host") {
  CHECK(rc::check([] {
    const auto a = any_survey();
    const auto b = any_survey();
    std::map<std::string, std::string> there;
    std::map<std::string, std::string> back;
    const SurveyDiff forth(a, b);
    const SurveyDiff reverse(b, a);
    for (const auto& entry : forth.entries())
      there[pair_of(entry.before, entry.now)] = mirrored(entry.change);
    for (const auto& entry : reverse.entries())
      back[pair_of(entry.now, entry.before)] = grouped(entry.change);
    RC_ASSERT(there == back);
  }));
}

TEST_CASE("Every host of both surveys is told of once, and the counts add up") {
  CHECK(rc::check([] {
    const auto a = any_survey();
    const auto b = any_survey();
    const SurveyDiff diff(a, b);
    std::multiset<Address> old_hosts;
    std::multiset<Address> new_hosts;
    std::uint64_t worse = 0;
    for (const auto& entry : diff.entries()) {
      if (entry.before != nullptr) old_hosts.insert(entry.before->address);
      if (entry.now != nullptr) new_hosts.insert(entry.now->address);
      worse += entry.counts_as_worse ? 1 : 0;
    }
    const auto are = [](const std::multiset<Address>& told, const SurveySnapshot& survey) {
      return std::equal(told.begin(), told.end(), survey.hosts.begin(), survey.hosts.end(),
                        [](const Address& address, const Snapshot& host) { return address == host.address; });
    };
    RC_ASSERT(are(old_hosts, a));
    RC_ASSERT(are(new_hosts, b));
    RC_ASSERT(diff.worse() == worse);
    std::uint64_t sum = 0;
    for (const auto change : all_changes) sum += diff.count(change);
    RC_ASSERT(sum == diff.entries().size());
  }));
}

TEST_CASE("Whatever has a finding now counts as worse unless the old survey had one as bad") {
  CHECK(rc::check([] {
    const SurveyDiff diff(any_survey(), any_survey());
    for (const auto& entry : diff.entries()) {
      const bool finding = entry.now != nullptr && severity(entry.now->verdict) >= 2;
      const int was = entry.before == nullptr ? -1 : severity(entry.before->verdict);
      if (finding && severity(entry.now->verdict) > was) RC_ASSERT(entry.counts_as_worse);
      if (!finding) RC_ASSERT_FALSE(entry.counts_as_worse);
    }
  }));
}
