// The files beside this one that scripts and notes are made of, as they stood when the program was
// configured.
#pragma once

#include <string_view>

namespace edgesurvey::remediation {

extern const std::string_view edge_script;  // edge.ps1: with @survey@, @found@, @perimeter@, @verify@
extern const std::string_view note;         // note.md: with @survey@, @addresses@, @perimeter@, @verify@
extern const std::string_view perimeter;    // perimeter.md: the rule to ask the firewall team for
extern const std::string_view verify;       // verify.md: with @commands@

}  // namespace edgesurvey::remediation
