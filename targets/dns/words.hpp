// Words for a lookup's detail.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace edgesurvey {

// "2 s", "300 ms"
std::string in_words(std::chrono::milliseconds duration);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
void add_once(std::vector<std::string>& parts, std::string part);

}  // namespace edgesurvey
