#include "cli/input_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <string_view>

#include "reports/open_survey.hpp"
#include "reports/report_error.hpp"
#include "targets/text.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t max_input_bytes = std::size_t{256} << 20U;
constexpr std::string_view stdin_name = "<stdin>";

// Throws ReadError: "edges.txt: No such file or directory".
std::string read_stream(std::istream& stream, const std::string& source) {
  std::string content;
  std::string chunk(std::size_t{1} << 16U, '\0');
  while (stream.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || stream.gcount() > 0) {
    content.append(chunk, 0, static_cast<std::size_t>(stream.gcount()));
    if (content.size() > max_input_bytes) throw ReadError(source + ": larger than 256 MiB: split it");
  }
  if (stream.bad()) throw ReadError(source + ": " + std::strerror(errno));
  return content;
}

}  // namespace

InputFile read_input_file(const std::string& path) {
  if (path == "-") return {std::string(stdin_name), read_stream(std::cin, std::string(stdin_name))};
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  const std::string shown = printable(path);
  if (!file) throw ReadError(shown + ": " + std::strerror(errno));
  file.exceptions(std::ios::badbit);  // a folder opens, and fails when read
  try {
    return {shown, read_stream(file, shown)};
  } catch (const std::ios_base::failure&) {
    throw ReadError(shown + ": cannot be read: " + std::strerror(errno));
  }
}

std::string input_in_words(const std::string& path) {
  return is_standard_input(path) ? "the standard input" : quoted(path);
}

}  // namespace edgesurvey
