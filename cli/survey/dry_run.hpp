// --dry-run: what a scan would do, without sending anything (DNS only if --resolve asks for it).
#pragma once

#include "cli/options/options.hpp"
#include "cli/survey/inputs.hpp"

namespace edgesurvey {

int run_dry(const ScanOptions& options, const Inputs& inputs);

}  // namespace edgesurvey
