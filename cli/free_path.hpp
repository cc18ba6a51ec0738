// A path for something new.
#pragma once

#include <functional>
#include <string>

namespace edgesurvey {

// The first of "STEM.ENDING", "STEM-2.ENDING" and so on that is no file, nor taken by what is_taken says.
std::string free_path(
    const std::string& stem, const std::string& ending,
    const std::function<bool(const std::string&)>& is_taken = [](const std::string&) { return false; });

}  // namespace edgesurvey
