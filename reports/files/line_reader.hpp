// The lines of a file, one at a time, each with its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "reports/files/record_file.hpp"

namespace edgesurvey {

class LineReader {
 public:
  struct Line {
    std::string_view text;  // without the line end; valid until next()
    RecordSpan span;
  };

  // The file must outlive the reader.
  explicit LineReader(const RecordFile& file) : file_(file) {}

  // nullopt at the end. A last line without its line end is torn, and not returned. Throws ReadError for a
  // line above max_record_bytes.
  std::optional<Line> next();

 private:
  bool refill();

  const RecordFile& file_;
  std::string buffer_;
  std::string more_;
  std::uint64_t buffer_offset_ = 0;  // of buffer_[0] in the file
  std::size_t position_ = 0;         // of the next line in the buffer
};

}  // namespace edgesurvey
