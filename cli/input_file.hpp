// A file the user named as an input, read whole.
#pragma once

#include <string>

namespace edgesurvey {

struct InputFile {
  std::string source;  // for messages: the path, printable; "<stdin>"
  std::string content;
};

// "-" is the standard input. Throws ReadError: "edges.txt: No such file or directory".
InputFile read_input_file(const std::string& path);

// "the standard input", or the path in quotes: for messages.
std::string input_in_words(const std::string& path);

}  // namespace edgesurvey
