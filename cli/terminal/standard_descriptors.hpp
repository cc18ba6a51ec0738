// The three descriptors that everybody takes for granted, and that a caller may have closed (`2>&-`).
#pragma once

namespace edgesurvey {

// Puts an empty input behind each of 0, 1 and 2 that is closed, so that
// no file opened later gets its number, and with it what is meant for people. A write there still fails as on
// the closed one (EBADF). To be called before anything is opened. False where even that cannot be had.
bool occupy_standard_descriptors();

}  // namespace edgesurvey
