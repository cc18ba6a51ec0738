#include "cli/input_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string_view>

#include "targets/text.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t max_input_bytes = std::size_t{256} << 20U;
constexpr std::string_view stdin_name = "<stdin>";

// Throws std::runtime_error: "edges.txt: No such file or directory".
std::string read_stream(std::istream& stream, const std::string& source) {
  std::string content;
  std::string chunk(std::size_t{1} << 16U, '\0');
  while (stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || stream.gcount() > 0) {
    content.append(chunk, 0, static_cast<std::size_t>(stream.gcount()));
    if (content.size() > max_input_bytes)
      throw std::runtime_error(source + ": larger than 256 MiB: split it");
  }
  if (stream.bad()) throw std::runtime_error(source + ": " + std::strerror(errno));
  return content;
}

}  // namespace

InputFile read_input_file(const std::string& path) {
  if (path == "-") return {std::string(stdin_name), read_stream(std::cin, std::string(stdin_name))};
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  const std::string shown = printable(path);
  if (!file) throw std::runtime_error(shown + ": " + std::strerror(errno));
  file.exceptions(std::ios::badbit);  // a folder opens, and fails when read
  try {
    return {shown, read_stream(file, shown)};
  } catch (const std::ios_base::failure&) {
    throw std::runtime_error(shown + ": cannot be read: " + std::strerror(errno));
  }
}

}  // namespace edgesurvey
