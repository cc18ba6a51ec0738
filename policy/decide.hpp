// One host measured by a policy.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "policy/policy.hpp"

namespace edgesurvey {

enum class Outcome : std::uint8_t {
  broken,     // it is not as it should be: this fails the run
  waived,     // it is not, and somebody answers for it until a day
  undecided,  // it could not be told how it is, and the policy does not ask for that to fail
  kept,       // it is as it should be, or at least nothing that fails the run
};
inline constexpr std::array all_outcomes{Outcome::broken, Outcome::waived, Outcome::undecided, Outcome::kept};

std::string_view to_string(Outcome outcome);

// Points into the policy it was made by.
struct Decision {
  Outcome outcome = Outcome::undecided;
  const Expectation* expectation = nullptr;  // the one that counts; null: fail_on does
  const Waiver* waiver = nullptr;            // set if waived
};

// The last expectation about the host counts; without one, what is not in fail_on is kept. inconclusive is
// undecided unless it is expected or in fail_on, and our own failure (local-error, interrupted) always is.
Decision decide(const Policy& policy, const Subject& subject, Verdict verdict, VerdictReason reason);

}  // namespace edgesurvey
