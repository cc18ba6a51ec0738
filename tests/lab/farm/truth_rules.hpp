// What the rules of the truth share.
#pragma once

#include <string>
#include <vector>

#include "tests/lab/farm/truth.hpp"

namespace edgesurvey::farm {

inline constexpr double range_size = media_range.size();
inline constexpr double sample_size = 64;  // the design's default, one port a block

void accept(Truth& truth, const std::string& verdict, std::vector<std::string> reasons);
void undecidable(Truth& truth, const std::string& why);

// Rule 6: what happens to the evidence on its way (disturbances.cpp).
void disturb(const Host& host, Truth& truth);

}  // namespace edgesurvey::farm
