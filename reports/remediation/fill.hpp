// Templates with lines to be filled in.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace edgesurvey::remediation {

struct Filling {
  std::string_view mark;  // "@found@", alone on its line
  std::string text;       // any number of lines, also none; a line end at its end is not needed
};

// The template with every line that is a mark replaced; what is filled in is not searched for marks.
std::string fill(std::string_view text, std::initializer_list<Filling> fillings);

}  // namespace edgesurvey::remediation
