// One plain sentence for a verdict: the evidence it rests on, and the rival explanation it could not exclude.
#pragma once

#include <string>

#include "scanner/judging/facts.hpp"
#include "scanner/judging/verdict.hpp"
#include "targets/port_set.hpp"

namespace edgesurvey {

std::string explain(VerdictReason reason, const Facts& facts, const PortSet& cls_open);

}  // namespace edgesurvey
