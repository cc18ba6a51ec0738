// What the owner of an address should do, for each reason a verdict can have.
#pragma once

#include <string_view>

#include "scanner/judging/verdict.hpp"

namespace edgesurvey::html {

// What a verdict means, in a few words for people who have not read the manual.
std::string_view meaning(Verdict verdict);

// One or two plain sentences.
std::string_view advice(VerdictReason reason);

}  // namespace edgesurvey::html
