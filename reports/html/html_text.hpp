// Untrusted text in a page: it stays text, in any element and any quoted attribute.
#pragma once

#include <string>
#include <string_view>

namespace edgesurvey::html {

// Printable (targets/text.hpp) with & < > " ' as character references.
std::string escaped(std::string_view untrusted);

// The same in an element of its own that keeps its writing direction from its neighbours (Unicode's
// bidirectional algorithm would let a right-to-left name reorder the cells around it).
std::string isolated(std::string_view untrusted);

}  // namespace edgesurvey::html
