#include "reports/diff/changed_survey.hpp"

#include <algorithm>
#include <map>

#include "reports/small_survey.hpp"
#include "reports/survey/journal.hpp"

namespace edgesurvey::testing {
namespace {

constexpr std::string_view long_address = "2001:db8:aaaa:bbbb:cccc:dddd:eeee:20";
constexpr std::string_view hostile_name = "=cmd|'/C calc'!A0.<script>alert(1)</script>\x1b[31m\xE2\x80\xAE`|";

// Only 50001 accepts.
HostReport less_exposed_host(std::string_view address) {
  auto host = exposed_host(address);
  host.judgement.reason = VerdictReason::some_cls_ports_open;
  host.judgement.reasons = {host.judgement.reason};
  host.judgement.confidence = Confidence::medium;
  host.judgement.cls_open = {};
  host.judgement.cls_open.insert(50001);
  return host;
}

// media-range-open as before, with another part of the range.
HostReport passing_host(std::string_view address, std::uint32_t answered, PortRange span) {
  auto host = answering_host(address);
  host.judgement.range = {.sampled = 64,
                          .answered = answered,
                          .open = 0,
                          .share = proportion(answered, 64),
                          .spans = std::vector{span}};
  return host;
}

// Writes targets and hosts as they come.
class SurveyMaker {
 public:
  explicit SurveyMaker(RunFacts run) : run_(std::move(run)), journal_(JournalWriter::temporary(run_)) {}

  void name(std::string_view text, const HostReport& host) {
    journal_.target(named_target(text, index_ + 1), resolved(index_, {host.evidence.address}));
    ++index_;
    journal_.host(host);
  }
  void skip(std::string_view text, SkipReason reason) {
    journal_.target(named_target(text, index_ + 1), {.index = index_, .skipped = reason});
    ++index_;
  }
  void block(std::string_view text, const std::vector<std::string>& quiet) {
    journal_.target(block_target(text, index_ + 1), resolved(index_));
    ++index_;
    for (const auto& address : quiet) journal_.host(quiet_host(address));
  }
  std::unique_ptr<SurveySource> finish() {
    journal_.finish(run_);
    return std::make_unique<JournalSource>(journal_);
  }

 private:
  RunFacts run_;
  JournalWriter journal_;
  std::uint64_t index_ = 0;
};

}  // namespace

std::unique_ptr<SurveySource> survey_before() {
  SurveyMaker survey(small_run());
  survey.name("newly.example", quiet_host("192.0.2.1"));
  survey.name("opened.example", quiet_host("192.0.2.2"));
  survey.name("fewer.example", exposed_host("192.0.2.3"));
  survey.name("partly.example", exposed_host("192.0.2.4"));
  survey.name("fixed.example", exposed_host("192.0.2.5"));
  survey.name("refused.example", exposed_host("2001:db8::6"));
  survey.name("dark.example", exposed_host("192.0.2.7"));
  survey.name("lit.example", failed_host("192.0.2.8"));
  survey.name("moved.example", quiet_host("192.0.2.9"));
  survey.name("gone.example", exposed_host("192.0.2.10"));
  survey.name(hostile_name, passing_host("192.0.2.11", 6, {50000, 50999}));
  survey.name("both.example", quiet_host(long_address));
  survey.block("192.0.2.64/30", {"192.0.2.64", "192.0.2.65", "192.0.2.66"});
  return survey.finish();
}

std::unique_ptr<SurveySource> survey_after() {
  RunFacts run = small_run();
  run.started = at("2015-04-02T09:30:00.000Z");
  run.finished = at("2015-04-02T09:30:09.000Z");
  run.seed = 43;
  run.vantage = "jump\x1b[31m<box>";
  SurveyMaker survey(run);
  survey.name("newly.example", exposed_host("192.0.2.1"));
  survey.name("opened.example", answering_host("192.0.2.2"));
  survey.name("fewer.example", less_exposed_host("192.0.2.3"));
  survey.name("partly.example", answering_host("192.0.2.4"));
  survey.name("fixed.example", quiet_host("192.0.2.5"));
  survey.name("refused.example", rejected_host("2001:db8::6"));
  survey.name("dark.example", failed_host("192.0.2.7"));
  survey.name("lit.example", exposed_host("192.0.2.8"));
  survey.name("moved.example", exposed_host("192.0.2.109"));
  survey.skip("gone.example", SkipReason::nxdomain);
  survey.name(hostile_name, passing_host("192.0.2.11", 60, {50000, 59999}));
  survey.name("both.example", exposed_host(long_address));
  survey.name("added.example", exposed_host("192.0.2.13"));
  survey.block("192.0.2.64/30", {"192.0.2.64", "192.0.2.65"});
  return survey.finish();
}

diff::SurveyDiff changed_survey() {
  return {diff::snapshot_of(*survey_before()), diff::snapshot_of(*survey_after())};
}

diff::Snapshot snapshot(std::string_view text, Verdict verdict, std::vector<std::string> names) {
  static const std::map<Verdict, VerdictReason> reasons{
      {Verdict::cls_exposed, VerdictReason::cls_ports_open},
      {Verdict::media_range_open, VerdictReason::range_answers},
      {Verdict::inconclusive, VerdictReason::no_answer},
      {Verdict::closed, VerdictReason::range_silent}};
  diff::Snapshot host{.address = address(text), .verdict = verdict, .reason = reasons.at(verdict)};
  if (verdict == Verdict::cls_exposed) host.cls_open = {50001, 50002, 50003};
  host.names = std::move(names);
  return host;
}

diff::SurveySnapshot survey_of(std::vector<diff::Snapshot> hosts) {
  std::sort(hosts.begin(), hosts.end(),
            [](const diff::Snapshot& a, const diff::Snapshot& b) { return a.address < b.address; });
  std::map<std::string, std::vector<Address>> led_to;
  for (const auto& host : hosts)
    for (const auto& name : host.names) led_to[name].push_back(host.address);
  diff::SurveySnapshot survey{.run = small_run(), .hosts = std::move(hosts)};
  for (const auto& [name, addresses] : led_to)
    survey.named_targets.push_back({.key = name, .addresses = addresses});
  survey.targets = survey.named_targets.size();
  return survey;
}

}  // namespace edgesurvey::testing
