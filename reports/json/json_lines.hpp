// A long JSON array, an element a line: the file greps, diffs and streams.
#pragma once

#include <ostream>
#include <string>

namespace edgesurvey {

// The array's elements and its end, after "[". for_each hands its elements to the function that it is given;
// append writes one to the line. indent: of the array's own line.
template <typename ForEach, typename Append>
void write_lines(std::ostream& out, ForEach for_each, Append append, const std::string& indent = "  ") {
  std::string line;
  bool first = true;
  for_each([&](const auto& element) {
    line = (first ? "\n" : ",\n") + indent + "  ";
    first = false;
    append(line, element);
    out << line;
  });
  out << (first ? "]" : "\n" + indent + "]");
}

}  // namespace edgesurvey
