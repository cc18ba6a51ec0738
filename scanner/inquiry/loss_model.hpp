// How packets get lost, as one model: every pause between two attempts and every number of attempts is
// derived from it with a named probability.
//
// A round trip is lost on its own with some probability, or because it falls into a burst, in which nearly
// everything is lost. Lengths of bursts are exponential. Where the figures come from:
// - correlation of losses vanishes within a second: M. Yajnik et al., "Measurement and modelling of the
//   temporal dependence in packet loss", INFOCOM 1999; loss episodes are short and far apart: Y. Zhang et
//   al., "On the constancy of Internet path properties", IMW 2001;
// - scanners lose packets in bursts, so that attempts that follow each other at once are lost together: G.
// Wan
//   et al., "On the origin of scanning", IMC 2020.
#pragma once

#include <chrono>

#include "scanner/time.hpp"

namespace edgesurvey::loss_model {

inline constexpr Duration mean_burst = std::chrono::milliseconds(500);

// How likely a burst may be to last longer than a pause.
enum class Risk : unsigned char {
  even,  // 1 in 2: where another attempt follows anyway
  some,  // 1 in 10: where the verdict seldom hangs on it
  low,   // 1 in 100: where it does
  none,  // 1 in 1000: longer than any burst
};

// A pause that a burst outlasts only with this risk: mean_burst x ln(1 / risk).
constexpr Duration outlasting(Risk risk) {
  constexpr double log_of[] = {0.693, 2.303, 4.605, 6.908};
  return Duration(static_cast<Duration::rep>(static_cast<double>(mean_burst.count()) *
                                             log_of[static_cast<unsigned char>(risk)]));
}

}  // namespace edgesurvey::loss_model
