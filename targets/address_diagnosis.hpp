// What is wrong with text that was meant to be an address, in words that help to mend it.
#pragma once

#include <string>
#include <string_view>

namespace edgesurvey {

// Precondition: Address::parse refused the text.
std::string explain_bad_address(std::string_view text);

}  // namespace edgesurvey
