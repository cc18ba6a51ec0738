// A bad line of an input, in the one form users see: "file:line:column: what is wrong".
#pragma once

#include <cstddef>
#include <string>

namespace edgesurvey {

// Where in an input something stands. Lines and columns count from 1; column counts bytes, as compilers do.
// A target from the command line has the source "argument" and its number as the line.
struct Origin {
  std::string source;
  std::size_t line = 0;
  std::size_t column = 0;
};

struct InputError {
  Origin origin;
  std::string message;  // what is wrong, and what to write instead; any quoted input is already escaped

  std::string to_string() const;
};

}  // namespace edgesurvey
