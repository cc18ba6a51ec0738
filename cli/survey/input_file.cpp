#include "cli/survey/input_file.hpp"

#include <cerrno>
#include <cstring>
#include <iostream>

#include "reports/files/report_error.hpp"
#include "reports/survey/open_survey.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t max_input_bytes = std::size_t{256} << 20U;
constexpr std::size_t piece_bytes = std::size_t{1} << 16U;

}  // namespace

InputFile::InputFile(const std::string& path)
    : source_(path == "-" ? "<stdin>" : printable(path)),
      stream_(path == "-" ? std::cin : static_cast<std::istream&>(file_)) {
  if (path == "-") return;
  errno = 0;
  file_.open(path, std::ios::binary);
  if (!file_) throw ReadError(source_ + ": " + std::strerror(errno));
}

std::string_view InputFile::next_piece() {
  piece_.resize(piece_bytes);
  errno = 0;
  stream_.read(piece_.data(), static_cast<std::streamsize>(piece_.size()));
  // A folder opens, and fails when read.
  if (stream_.bad()) throw ReadError(source_ + ": cannot be read: " + std::strerror(errno));
  piece_.resize(static_cast<std::size_t>(stream_.gcount()));
  bytes_ += piece_.size();
  if (bytes_ > max_input_bytes) throw ReadError(source_ + ": larger than 256 MiB: split it");
  return piece_;
}

std::string InputFile::rest() {
  std::string text;
  for (auto piece = next_piece(); !piece.empty(); piece = next_piece()) text += piece;
  return text;
}

std::string input_in_words(const std::string& path) {
  return is_standard_input(path) ? "the standard input" : quoted(path);
}

}  // namespace edgesurvey
