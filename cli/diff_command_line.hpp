// The options of `edgesurvey diff`.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/options.hpp"

namespace edgesurvey {

// options must outlive the app.
void add_diff_options(CLI::App& diff, DiffOptions& options);

}  // namespace edgesurvey
