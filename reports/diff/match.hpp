// Which host of the old survey is which of the new one.
#pragma once

#include <vector>

#include "reports/diff/snapshot.hpp"

namespace edgesurvey::diff {

struct Match {
  const Snapshot* before = nullptr;  // null: appeared
  const Snapshot* now = nullptr;     // null: gone

  bool moved() const { return before != nullptr && now != nullptr && before->address != now->address; }
};

// Every host of both surveys once. Hosts of the same address are the same host. What is left over is matched
// by name: where a name lost addresses and gained others, a lost one is matched with a gained one, of the
// same family first, and the worse with the worse, so that a name's finding does not seem to come and go when
// the name moves. The pointers live as long as the surveys do. Swapping the surveys swaps the matches' sides.
std::vector<Match> match(const SurveySnapshot& before, const SurveySnapshot& now);

}  // namespace edgesurvey::diff
