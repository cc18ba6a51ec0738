// A file the user named as an input, read whole.
#pragma once

#include <string>

namespace edgesurvey {

struct InputFile {
  std::string source;  // for messages: the path, printable; "<stdin>"
  std::string content;
};

// "-" is the standard input. Throws std::runtime_error: "edges.txt: No such file or directory".
InputFile read_input_file(const std::string& path);

}  // namespace edgesurvey
