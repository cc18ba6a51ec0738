// The files and words that say what to survey, read whole before anything is sent: one bad line anywhere and
// nothing is scanned.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options/options.hpp"
#include "policy/policy.hpp"
#include "targets/scope.hpp"
#include "targets/target_store.hpp"

namespace edgesurvey {

struct Inputs {
  TargetStore targets;
  Scope scope;
  std::optional<Policy> policy;  // of --policy or --fail-on
};

// today: by which the policy's waivers are judged. nullopt after showing every mistake on stderr as
// "file:line:column: what is wrong".
std::optional<Inputs> read_inputs(const ScanOptions& options, Day today);

}  // namespace edgesurvey
