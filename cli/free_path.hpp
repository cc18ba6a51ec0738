// A path for something new.
#pragma once

#include <functional>
#include <string>

namespace edgesurvey {

// "STEM.ENDING", or "STEM-2.ENDING" and so on: the first that is no file and of which is_taken does not say
// so.
std::string free_path(
    const std::string& stem, const std::string& ending,
    const std::function<bool(const std::string&)>& is_taken = [](const std::string&) { return false; });

}  // namespace edgesurvey
