// From evidence to a judgement: the rules of what an outside observer can know, as one table.
#pragma once

#include "scanner/evidence.hpp"
#include "scanner/judging/facts.hpp"
#include "scanner/judging/verdict.hpp"

namespace edgesurvey {

// Pure and total: any evidence, however incomplete, gets exactly one verdict, and the order of observations
// does not matter. `closed` and the absence of CLS ports are never concluded from a port that was not judged.
Judgement classify(const Evidence& evidence);

}  // namespace edgesurvey
