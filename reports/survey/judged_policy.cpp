#include "reports/survey/judged_policy.hpp"

#include <algorithm>
#include <optional>

#include "reports/survey/host_tags.hpp"
#include "reports/text/numbers.hpp"
#include "reports/text/policy_text.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

bool asks_for(const Policy& policy, SelectBy by) {
  const auto does = [by](const auto& entry) { return entry.hosts.by() == by; };
  return std::any_of(policy.expectations.begin(), policy.expectations.end(), does) ||
         std::any_of(policy.waivers.begin(), policy.waivers.end(), does);
}

// Makes hosts what a policy knows of them, and no more of it than it asks for.
class Subjects {
 public:
  Subjects(const SurveySource& survey, const Policy& policy)
      : survey_(survey), names_(asks_for(policy, SelectBy::name)) {
    if (asks_for(policy, SelectBy::tag)) tags_.emplace(survey);
  }

  Subject of(const Address& address) const {
    Subject subject{.address = address, .names = {}, .tags = {}};
    if (tags_) subject.tags = tags_->of(subject.address);
    if (!names_) return subject;
    for (const auto& text : survey_.names_of(address))
      if (auto name = HostName::parse(text)) subject.names.push_back(std::move(*name));
    return subject;
  }

 private:
  const SurveySource& survey_;
  bool names_;
  std::optional<HostTags> tags_;
};

}  // namespace

JudgedPolicy::JudgedPolicy(const SurveySource& survey, Policy policy)
    : policy_(std::move(policy)),
      expectation_used_(policy_.expectations.size()),
      waiver_use_(policy_.waivers.size(), WaiverUse::matches_none) {
  const Subjects subjects(survey, policy_);
  survey.for_each_summary([&](const HostSummary& host) {
    const auto subject = subjects.of(host.address);
    const auto decision = decide(policy_, subject, host.verdict, host.reason);
    ++counts_[static_cast<std::size_t>(decision.outcome)];
    hosts_.push_back({subject.address, decision});
    note_use(subject, decision);
  });
  std::sort(hosts_.begin(), hosts_.end(),
            [](const Judged& a, const Judged& b) { return a.address < b.address; });
}

const Decision& JudgedPolicy::of(const Address& address) const {
  return std::lower_bound(hosts_.begin(), hosts_.end(), address,
                          [](const Judged& host, const Address& a) { return host.address < a; })
      ->decision;
}

// Of an entry of which the answer is known already nothing is asked: nearly all of them, after some hosts.
void JudgedPolicy::note_use(const Subject& subject, const Decision& decision) {
  for (std::size_t i = 0; i < policy_.expectations.size(); ++i)
    if (!expectation_used_[i]) expectation_used_[i] = policy_.expectations[i].hosts.matches(subject);
  for (std::size_t i = 0; i < policy_.waivers.size(); ++i) {
    auto& use = waiver_use_[i];
    if (use == WaiverUse::needed || !policy_.waivers[i].hosts.matches(subject)) continue;
    const auto now = decision.waiver == &policy_.waivers[i]   ? WaiverUse::needed
                     : decision.outcome == Outcome::undecided ? WaiverUse::unclear
                                                              : WaiverUse::idle;
    use = std::max(use, now);
  }
}

std::vector<std::string> JudgedPolicy::notes() const {
  std::vector<std::string> notes;
  const auto note = [&](const auto& entry, const std::string& what) {
    notes.push_back(printable(place(policy_, entry.line) + ": " + what + ": " + in_words(entry.hosts)));
  };
  for (std::size_t i = 0; i < policy_.expectations.size(); ++i)
    if (!expectation_used_[i])
      note(policy_.expectations[i], "this expectation matches no host that was judged");
  for (std::size_t i = 0; i < policy_.waivers.size(); ++i) {
    if (waiver_use_[i] == WaiverUse::matches_none)
      note(policy_.waivers[i], "this waiver matches no host that was judged");
    if (waiver_use_[i] == WaiverUse::idle)
      note(policy_.waivers[i], "this waiver is no longer needed, what it waives was not found");
  }
  return notes;
}

std::string outcome_counts(const JudgedPolicy& policy) {
  std::string text;
  for (const auto outcome : all_outcomes) {
    text +=
        (text.empty() ? "" : ", ") + grouped(policy.count(outcome)) + " " + std::string(to_string(outcome));
  }
  return text;
}

}  // namespace edgesurvey
