// A policy and what it says of every host of a survey.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "policy/decide.hpp"
#include "reports/survey/survey_source.hpp"

namespace edgesurvey {

class JudgedPolicy {
 public:
  // Goes through the targets and the summaries of the hosts once, and keeps some 40 bytes a host. Throws
  // ReadError.
  JudgedPolicy(const SurveySource& survey, Policy policy);
  JudgedPolicy(const JudgedPolicy&) = delete;  // decisions point into the policy
  JudgedPolicy& operator=(const JudgedPolicy&) = delete;
  ~JudgedPolicy() = default;

  const Policy& policy() const { return policy_; }
  // Precondition: the address is one of the survey's hosts.
  const Decision& of(const Address& address) const;
  std::uint64_t count(Outcome outcome) const { return counts_[static_cast<std::size_t>(outcome)]; }

  // What the owner of the policy should know of it, a line each, as "policy.toml:12: this waiver is no longer
  // needed: ...": waivers without use, entries that are about no host of the survey. Printable. Worth its
  // name only for a complete run: a host that was not looked at says nothing of its waiver.
  std::vector<std::string> notes() const;

 private:
  enum class WaiverUse : std::uint8_t {
    matches_none,
    idle,     // its hosts do not need it
    unclear,  // one of its hosts could not be told
    needed,
  };
  struct Judged {
    Address address;
    Decision decision;
  };

  void note_use(const Subject& subject, const Decision& decision);

  Policy policy_;
  std::vector<Judged> hosts_;  // ascending by address
  std::array<std::uint64_t, all_outcomes.size()> counts_{};
  std::vector<bool> expectation_used_;  // whether it matches a host
  std::vector<WaiverUse> waiver_use_;
};

// "2 broken, 1 waived, 0 undecided, 3 kept"
std::string outcome_counts(const JudgedPolicy& policy);

}  // namespace edgesurvey
