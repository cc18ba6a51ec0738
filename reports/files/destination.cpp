#include "reports/files/destination.hpp"

#include <unistd.h>

#include <algorithm>
#include <cctype>

#include "reports/files/atomic_file.hpp"
#include "reports/files/fd_stream.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {

bool has_ending(std::string_view path, std::string_view ending) {
  if (path.size() < ending.size()) return false;
  path.remove_prefix(path.size() - ending.size());
  return std::equal(path.begin(), path.end(), ending.begin(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == static_cast<unsigned char>(b);
  });
}

std::string not_an_ending(std::string_view path, const std::string& known_endings) {
  return quoted(path) + " does not end in a known format: " + known_endings;
}

void write_output(const std::string& path, bool is_stdout, const std::function<void(std::ostream&)>& write) {
  if (!is_stdout) return write_file_atomically(path, write);
  FdBuffer buffer(STDOUT_FILENO, "standard output");
  FdStream stream(buffer);
  write(stream);
  buffer.flush();
}

}  // namespace edgesurvey
