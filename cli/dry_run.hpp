// --dry-run: what a scan would do, without sending anything (DNS only if --resolve asks for it).
#pragma once

#include "cli/inputs.hpp"
#include "cli/options.hpp"

namespace edgesurvey {

int run_dry(const ScanOptions& options, const Inputs& inputs);

}  // namespace edgesurvey
