#include "reports/diff/match.hpp"

#include <algorithm>

#include "reports/diff/changed_survey.hpp"
#include "reports/small_survey.hpp"
#include "reports/survey/journal.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::diff;
using namespace edgesurvey::testing;

namespace {

constexpr auto exposed = Verdict::cls_exposed;
constexpr auto closed = Verdict::closed;

std::vector<std::string> matches_of(const SurveySnapshot& before, const SurveySnapshot& now) {
  std::vector<std::string> lines;
  for (const auto& match : match(before, now)) {
    lines.push_back((match.before ? match.before->address.to_string() : "none") + " " +
                    (match.now ? match.now->address.to_string() : "none"));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("Hosts of one address are one host, whatever their names") {
  CHECK(matches_of(survey_of({snapshot("192.0.2.1", closed, {"a"}), snapshot("192.0.2.2", closed)}),
                   survey_of({snapshot("192.0.2.2", closed, {"a"}), snapshot("192.0.2.1", closed)})) ==
        Lines{"192.0.2.1 192.0.2.1", "192.0.2.2 192.0.2.2"});
}

TEST_CASE("A name that moved has moved, and is not gone and appeared") {
  CHECK(matches_of(survey_of({snapshot("192.0.2.1", exposed, {"a"})}),
                   survey_of({snapshot("192.0.2.9", exposed, {"a"})})) == Lines{"192.0.2.1 192.0.2.9"});
}

TEST_CASE("Without a name in common, hosts are gone and have appeared") {
  CHECK(matches_of(survey_of({snapshot("192.0.2.1", exposed, {"a"})}),
                   survey_of({snapshot("192.0.2.9", exposed, {"b"})})) ==
        Lines{"192.0.2.1 none", "none 192.0.2.9"});
}

TEST_CASE("Where a name moved with several addresses, the worse is compared with the worse") {
  CHECK(
      matches_of(survey_of({snapshot("192.0.2.1", closed, {"a"}), snapshot("192.0.2.2", exposed, {"a"})}),
                 survey_of({snapshot("192.0.2.8", exposed, {"a"}), snapshot("192.0.2.9", closed, {"a"})})) ==
      Lines{"192.0.2.1 192.0.2.9", "192.0.2.2 192.0.2.8"});
}

TEST_CASE("IPv4 is compared with IPv4 first, and with IPv6 before nothing") {
  const auto before =
      survey_of({snapshot("192.0.2.1", closed, {"a"}), snapshot("2001:db8::1", exposed, {"a"})});
  CHECK(matches_of(before, survey_of({snapshot("192.0.2.9", exposed, {"a"}),
                                      snapshot("2001:db8::9", closed, {"a"})})) ==
        Lines{"192.0.2.1 192.0.2.9", "2001:db8::1 2001:db8::9"});
  CHECK(matches_of(survey_of({snapshot("192.0.2.1", closed, {"a"})}),
                   survey_of({snapshot("2001:db8::9", closed, {"a"})})) == Lines{"192.0.2.1 2001:db8::9"});
}

TEST_CASE("A name that keeps an address and gains one has not moved") {
  CHECK(matches_of(survey_of({snapshot("192.0.2.1", closed, {"a"})}),
                   survey_of({snapshot("192.0.2.1", closed, {"a"}), snapshot("192.0.2.2", closed, {"a"})})) ==
        Lines{"192.0.2.1 192.0.2.1", "none 192.0.2.2"});
}

TEST_CASE("A host is matched once, however many names lead to it") {
  CHECK(matches_of(survey_of({snapshot("192.0.2.1", closed, {"a", "b"})}),
                   survey_of({snapshot("192.0.2.8", closed, {"b"}), snapshot("192.0.2.9", closed, {"a"})})) ==
        Lines{"192.0.2.1 192.0.2.9", "none 192.0.2.8"});
}

TEST_CASE("A name is the same in any case of letters, with or without the final dot, on several lines") {
  const auto survey_with = [](const std::vector<std::pair<std::string, std::string>>& targets) {
    auto journal = JournalWriter::temporary(small_run());
    std::uint64_t index = 0;
    for (const auto& [name, at_address] : targets) {
      journal.target(named_target(name, index + 1), resolved(index, {address(at_address)}));
      journal.host(quiet_host(at_address));
      ++index;
    }
    journal.finish(small_run());
    return snapshot_of(JournalSource(journal));
  };
  const auto before = survey_with({{"Edge.Example", "192.0.2.1"}, {"edge.example", "192.0.2.2"}});
  const auto now = survey_with({{"edge.example.", "192.0.2.8"},
                                {"b\xC3\xBC"
                                 "cher.example",
                                 "192.0.2.9"}});
  REQUIRE(before.named_targets.size() == 1);
  CHECK(before.target("EDGE.example")->addresses.size() == 2);
  CHECK(now.target("xn--bcher-kva.example") != nullptr);
  CHECK(matches_of(before, now) == Lines{"192.0.2.1 192.0.2.8", "192.0.2.2 none", "none 192.0.2.9"});
}
