// What became of a host between two surveys: a closed set, spelled the same in every output.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "reports/diff/snapshot.hpp"

namespace edgesurvey::diff {

enum class Change : std::uint8_t {  // most important first
  newly_exposed,                    // cls-exposed now; closed or media-range-open before
  worse,     // media-range-open now, closed before; or cls-exposed both times, with further CLS ports open
  appeared,  // judged now alone
  not_comparable,  // inconclusive on one side
  gone,            // judged before alone
  better,          // cls-exposed before: media-range-open now, or still exposed with fewer CLS ports open
  fixed,           // cls-exposed or media-range-open before, closed now
  same,            // the same verdict; inconclusive both times, too
};
inline constexpr std::array all_changes{Change::newly_exposed,  Change::worse, Change::appeared,
                                        Change::not_comparable, Change::gone,  Change::better,
                                        Change::fixed,          Change::same};

std::string_view to_string(Change change);
// In a few words, for people: "CLS ports accept now, and did not".
std::string_view meaning(Change change);

// Null for a side that did not judge the host. Precondition: one side did.
Change change_of(const Snapshot* before, const Snapshot* now);

// Whether a pipeline should stop: newly-exposed, worse, and a finding (cls-exposed or media-range-open) on a
// host of which the old survey says nothing (appeared, or inconclusive before): a baseline must not hide it.
bool counts_as_worse(Change change, const Snapshot* now);

}  // namespace edgesurvey::diff
