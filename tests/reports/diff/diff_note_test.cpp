#include "reports/diff/note.hpp"

#include <algorithm>

#include "reports/diff/caveat.hpp"
#include "reports/diff/changed_survey.hpp"
#include "reports/diff/explain.hpp"
#include "reports/small_survey.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::diff;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

constexpr auto exposed = Verdict::cls_exposed;
constexpr auto open_range = Verdict::media_range_open;
constexpr auto closed = Verdict::closed;

using Lines = std::vector<std::string>;

// "code: text" for each note of the only host that changed.
Lines notes_between(const Snapshot& before, const Snapshot& now) {
  const SurveyDiff diff(survey_of({before}), survey_of({now}));
  Lines lines;
  for (const auto& note : diff.entries().front().notes)
    lines.push_back(std::string(to_string(note.code)) + ": " + note.text);
  return lines;
}

Snapshot answering(std::uint32_t answered, std::optional<std::vector<PortRange>> spans = {}) {
  auto host = snapshot("192.0.2.1", open_range);
  host.range = {
      .sampled = 64, .answered = answered, .open = 0, .share = proportion(answered, 64), .spans = spans};
  return host;
}

const Entry& entry_of(const SurveyDiff& diff, std::string_view text) {
  const auto& entries = diff.entries();
  return *std::find_if(entries.begin(), entries.end(),
                       [&](const Entry& entry) { return entry.shown().address == address(text); });
}

}  // namespace

TEST_CASE("A share of the range is noted when the intervals do not overlap, and makes nothing worse") {
  CHECK(notes_between(answering(6), answering(60)) == Lines{"range-changed: range 6/64 -> 60/64"});
  CHECK(notes_between(answering(60), answering(6)) == Lines{"range-changed: range 60/64 -> 6/64"});
  CHECK(notes_between(answering(6), answering(12)).empty());
  const SurveyDiff wider(survey_of({answering(6)}), survey_of({answering(60)}));
  CHECK(wider.entries().front().change == Change::same);
  CHECK(wider.worse() == 0);
}

TEST_CASE("Openings are noted when more than 100 ports of them differ") {
  const std::vector<PortRange> first{{50000, 50999}};
  CHECK(notes_between(answering(6, first), answering(6, std::vector<PortRange>{{50000, 51099}})).empty());
  CHECK(notes_between(answering(6, first), answering(6, std::vector<PortRange>{{50000, 51100}})) ==
        Lines{"spans-changed: passed 50000-50999 -> 50000-51100"});
  CHECK(notes_between(answering(6, first), answering(6)).empty());
  const std::vector<PortRange> many{{50000, 50999}, {52000, 52999}, {54000, 54999}, {56000, 56999}};
  CHECK(notes_between(answering(30, many), answering(30, std::vector<PortRange>{})) ==
        Lines{"spans-changed: passed 4 spans -> none"});
}

TEST_CASE("The same opening written as overlapping or adjacent spans has not changed") {
  CHECK(notes_between(answering(6, std::vector<PortRange>{{50000, 50999}, {50500, 51999}, {52000, 59999}}),
                      answering(6, std::vector<PortRange>{{50000, 59999}}))
            .empty());
}

TEST_CASE("Another reason or confidence for the same verdict is noted, for another verdict it is not") {
  auto before = snapshot("192.0.2.1", closed);
  auto now = before;
  now.reason = VerdictReason::range_rejected;
  now.confidence = Confidence::high;
  CHECK(notes_between(before, now) == Lines{"reason-changed: range-silent -> range-rejected",
                                            "confidence-changed: confidence low -> high"});
  CHECK(notes_between(now, snapshot("192.0.2.1", exposed)).empty());
}

TEST_CASE("The CLS ports of two exposed hosts are noted where they differ") {
  auto before = snapshot("192.0.2.1", exposed);
  auto now = before;
  before.cls_open = {50002};
  CHECK(notes_between(before, now) == Lines{"cls-ports-changed: CLS 50002 -> 50001-50003"});
  now.cls_open = {50001};
  CHECK(notes_between(before, now) == Lines{"cls-ports-changed: CLS 50002 -> 50001"});
}

TEST_CASE("A host that moved says from where") {
  CHECK(notes_between(snapshot("192.0.2.1", closed, {"a"}), snapshot("192.0.2.9", closed, {"a"})) ==
        Lines{"moved: moved from 192.0.2.1"});
}

TEST_CASE("A host that is gone says what became of its names") {
  auto before =
      survey_of({snapshot("192.0.2.1", closed, {"a", "b", "c", "d"}), snapshot("192.0.2.2", closed)});
  auto now = survey_of({snapshot("192.0.2.2", closed, {"a"})});
  now.named_targets.push_back({.key = "b", .skipped = SkipReason::nxdomain});
  now.named_targets.push_back({.key = "c", .addresses = {address("192.0.2.1")}});
  const SurveyDiff diff(std::move(before), std::move(now));
  const auto& gone = entry_of(diff, "192.0.2.1");
  REQUIRE(gone.change == Change::gone);
  CHECK(why(gone) == "a: at 192.0.2.2 now; b: nxdomain now; c: not judged now; d: no target now");
}

TEST_CASE("A host that appeared says what its names were before") {
  auto before = survey_of({snapshot("192.0.2.2", closed, {"a"})});
  before.named_targets.push_back({.key = "b", .skipped = SkipReason::dns_timeout});
  auto now = survey_of({snapshot("192.0.2.1", closed, {"a", "b", "c"}), snapshot("192.0.2.2", closed)});
  const SurveyDiff diff(std::move(before), std::move(now));
  CHECK(why(entry_of(diff, "192.0.2.1")) == "range-silent; a: at 192.0.2.2 before; b: dns-timeout before");
}

TEST_CASE("An address that was excluded says so") {
  auto now = survey_of({});
  now.named_targets.push_back({.key = "192.0.2.1", .skipped = SkipReason::excluded});
  const SurveyDiff diff(survey_of({snapshot("192.0.2.1", closed)}), std::move(now));
  CHECK(why(diff.entries().front()) == "excluded now");
}

TEST_CASE("Surveys that compare badly say why, in one sentence") {
  auto before = survey_of({snapshot("192.0.2.1", closed)});
  auto now = survey_of({snapshot("192.0.2.2", closed)});
  before.sample = 64;
  now.sample = 200;
  now.run.seed = 43;
  now.run.vantage = "attic";
  now.run.started = before.run.started - std::chrono::hours{1};
  now.run.complete = false;
  const auto caveats = caveats_of(SurveyDiff(std::move(before), std::move(now)));
  CHECK(
      in_one_sentence(caveats) ==
      "Compare with care: the surveys have no host in common; the new survey is older than the old one; the "
      "new survey is incomplete; seen from another place, which firewalls may treat differently (jump-box, "
      "now attic); another sample size (64, now 200); another seed, so other ports were asked (42, now 43).");
}

TEST_CASE("Surveys made alike need no caveat") {
  const auto caveats = caveats_of(
      SurveyDiff(survey_of({snapshot("192.0.2.1", closed)}), survey_of({snapshot("192.0.2.1", exposed)})));
  CHECK(caveats.empty());
  CHECK(in_one_sentence(caveats).empty());
}

TEST_CASE("What was fixed by silence names the rival explanation, what is refused needs none") {
  const auto before = snapshot("192.0.2.1", exposed);
  auto now = snapshot("192.0.2.1", closed);
  const SurveyDiff silent(survey_of({before}), survey_of({now}));
  CHECK_THAT(explanation(silent.entries().front()), Contains("Silence fits both 'fixed' and a perimeter"));
  CHECK(findings_fell_silent(silent));
  now.reason = VerdictReason::range_rejected;
  const SurveyDiff refused(survey_of({before}), survey_of({now}));
  CHECK_THAT(explanation(refused.entries().front()), !Contains("Silence fits both"));
}

TEST_CASE("A finding that fell silent is said to fit silence, too, and a host that got worse is not") {
  const auto before = snapshot("192.0.2.1", exposed);
  CHECK(findings_fell_silent(
      SurveyDiff(survey_of({before}), survey_of({snapshot("192.0.2.1", Verdict::inconclusive)}))));
  CHECK_FALSE(
      findings_fell_silent(SurveyDiff(survey_of({snapshot("192.0.2.1", closed)}), survey_of({before}))));
}
