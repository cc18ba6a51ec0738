// How much of what was silent a lossy path may have swallowed, told by the host's own answers.
#pragma once

#include "scanner/evidence.hpp"

namespace edgesurvey {

// The share of round trips that are lost, at most, by the ports that answered a further SYN only (the upper
// end of its 95 % interval); 0 where none did.
double seen_loss(const Evidence& evidence);

// The share of passed sample ports that may have stayed silent because every round trip to them was lost. By
// the model of independent loss: of ports that were asked again, as many answered a further attempt only as
// lost the first; the upper end of a 95 % interval of that, to the power of a port's attempts. Zero where no
// port answered late; never above 0.9.
double missed_share(const Evidence& evidence);

}  // namespace edgesurvey
