// A file the user named as an input, read a piece at a time.
#pragma once

#include <cstddef>
#include <fstream>
#include <istream>
#include <string>
#include <string_view>

namespace edgesurvey {

// Functions throw ReadError: "edges.txt: No such file or directory".
class InputFile {
 public:
  // "-" is the standard input.
  explicit InputFile(const std::string& path);
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  // For messages: the path, printable; "<stdin>".
  const std::string& source() const { return source_; }

  // Good until the next is asked for; empty at the end.
  std::string_view next_piece();
  // All that has not been read.
  std::string rest();

 private:
  std::string source_;
  std::ifstream file_;
  std::istream& stream_;
  std::string piece_;
  std::size_t bytes_ = 0;  // read so far
};

// "the standard input", or the path in quotes: for messages.
std::string input_in_words(const std::string& path);

}  // namespace edgesurvey
