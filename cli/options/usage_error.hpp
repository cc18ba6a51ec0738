// What is said about a command line that cannot be carried out: short, with what was probably meant.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace edgesurvey {

// The candidate that was probably meant: begins with the word, or is a letter or two away. Empty if none.
std::string closest(std::string_view word, const std::vector<std::string>& candidates);

// "there is no option '--rat': did you mean --rate?" Fit to be shown.
std::string explain_usage_error(const CLI::App& app, const CLI::ParseError& error);

}  // namespace edgesurvey
