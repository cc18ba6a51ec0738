#include "reports/files/line_reader.hpp"

#include "reports/files/report_error.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t piece_bytes = 256U << 10;

}  // namespace

bool LineReader::refill() {
  buffer_.erase(0, position_);
  buffer_offset_ += position_;
  position_ = 0;
  if (buffer_.size() > max_record_bytes) {
    throw ReadError(printable(file_.path()) + ": has a line longer than " +
                    std::to_string(max_record_bytes >> 20) + " MiB");
  }
  file_.read_up_to(buffer_offset_ + buffer_.size(), piece_bytes, more_);
  buffer_ += more_;
  return !more_.empty();
}

std::optional<LineReader::Line> LineReader::next() {
  std::size_t searched = position_;
  for (;;) {
    const auto end = buffer_.find('\n', searched);
    if (end != std::string::npos) {
      const auto size = end - position_;
      Line line{.text = std::string_view(buffer_).substr(position_, size),
                .span = {.offset = buffer_offset_ + position_, .size = static_cast<std::uint32_t>(size)}};
      position_ = end + 1;
      return line;
    }
    searched =
        buffer_.size() - position_;  // where the unsearched begins once refill() has moved the rest down
    if (!refill()) return std::nullopt;
  }
}

}  // namespace edgesurvey
