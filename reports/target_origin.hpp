// Where the user wrote a target down, for reports that lead there.
#pragma once

#include <string>
#include <string_view>

namespace edgesurvey {

// Whether a file names the target: not the command line, not the standard input.
bool is_from_file(std::string_view source);

// The file as a URI reference (RFC 3986): relative as it was given, "./" and "a/../" taken out, every byte
// that a URI has no place for as %XX; an absolute path as file:///...
std::string file_uri(std::string_view source);

}  // namespace edgesurvey
