// The files beside this one that scripts and notes are made of, as they stood when the program was
// configured, and how their lines in @ signs are filled in.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace edgesurvey::remediation {

extern const std::string_view edge_script;  // edge.ps1: with @survey@, @found@, @perimeter@, @verify@
extern const std::string_view note;         // note.md: with @survey@, @addresses@, @perimeter@, @verify@
extern const std::string_view perimeter;    // perimeter.md: the rule to ask the firewall team for
extern const std::string_view verify;       // verify.md: with @commands@

struct Filling {
  std::string_view mark;  // "@found@", alone on its line
  std::string text;       // any number of lines, also none; a line end at its end is not needed
};

// The template with every line that is a mark replaced; what is filled in is not searched for marks.
std::string fill(std::string_view text, std::initializer_list<Filling> fillings);

}  // namespace edgesurvey::remediation
