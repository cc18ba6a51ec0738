// What the result of a try adds to what is known: an answer is not taken back by a later silence, a failure
// of ours takes nothing back.
#pragma once

#include "scanner/evidence.hpp"

namespace edgesurvey {

// number: which try it was, from 1; their results come in any order. That a try was accepted is not taken
// back by another that was refused. Of two refusals the quicker is kept: delays only add.
void note(PortEvidence& port, unsigned number, const ProbeOutcome& outcome);
// Likewise; the first that was accepted stands, with what its peer did.
void note(Recheck& recheck, unsigned number, const ProbeOutcome& outcome);

}  // namespace edgesurvey
