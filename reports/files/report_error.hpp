// What can go wrong with a result file, in words that are shown as they are.
#pragma once

#include <stdexcept>
#include <string>

namespace edgesurvey {

// A report or journal could not be written: "could not write 'a.json': No space left on device".
class WriteError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A result could not be read, or holds something unexpected: "result.json: hosts[3].verdict: ...".
class ReadError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// "could not write 'path': <strerror>"
WriteError write_error(const std::string& path, int error_number);
ReadError read_error(const std::string& path, int error_number);

}  // namespace edgesurvey
