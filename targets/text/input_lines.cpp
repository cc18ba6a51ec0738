#include "targets/text/input_lines.hpp"

#include <utility>

#include "targets/text/text.hpp"
#include "targets/text/utf8.hpp"

namespace edgesurvey {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

bool begins_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

// Windows PowerShell's ">" writes UTF-16: one clear error instead of one for every line.
bool is_utf16(std::string_view text) {
  return begins_with(text, "\xFF\xFE") || begins_with(text, "\xFE\xFF");
}

bool is_plain(char c) {
  return (c >= 0x20 && c < 0x7F) || c == '\t';
}

bool is_control(char32_t code_point) {
  return (code_point < 0x20 && code_point != '\t') || (code_point >= 0x7F && code_point <= 0x9F);
}

}  // namespace

std::optional<LineError> find_bad_byte(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    if (is_plain(text[i])) {
      ++i;
      continue;
    }
    const auto character = first_utf8_character(text.substr(i));
    if (!character)
      return LineError{i + 1, "a byte that is not UTF-8 (" + printable(text.substr(i, 1)) + ")"};
    const std::string_view bytes = text.substr(i, character->bytes);
    if (is_control(character->code_point))
      return LineError{i + 1, "a control character (" + printable(bytes) + ")"};
    i += character->bytes;
  }
  return std::nullopt;
}

TextPieces whole(std::string_view text) {
  return [text]() mutable { return std::exchange(text, {}); };
}

InputLines::InputLines(TextPieces pieces, std::string_view source, std::vector<InputError>& errors)
    : pieces_(std::move(pieces)), source_(source), errors_(errors) {}

std::optional<InputLine> InputLines::next() {
  while (has_more() && !is_given_up()) {
    InputLine line{take_line(), ++number_};
    if (number_ == 1 && !begins_well(line.text)) return std::nullopt;
    if (line.text.size() > max_line_bytes) {
      report(line,
             {max_line_bytes + 1, "the line is longer than " + std::to_string(max_line_bytes) + " bytes"});
    } else if (auto bad = find_bad_byte(line.text)) {
      report(line, std::move(*bad));
    } else {
      return line;
    }
  }
  return std::nullopt;
}

void InputLines::report(const InputLine& line, LineError error) {
  errors_.push_back({origin(line, error.column), std::move(error.message)});
}

bool InputLines::has_more() {
  if (piece_.empty()) piece_ = pieces_();
  return !piece_.empty();
}

std::string_view InputLines::take_line() {
  bool ended = false;
  std::string_view line = take_from_piece(ended);
  if (!ended) {
    // Of a line that is too long, enough is kept to see that it is.
    constexpr std::size_t enough = 2 * max_line_bytes;
    split_ = line.substr(0, enough);
    while (!ended && has_more()) {
      const std::string_view part = take_from_piece(ended);
      if (split_.size() <= enough) split_ += part.substr(0, enough);
    }
    line = split_;
  }
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

std::string_view InputLines::take_from_piece(bool& ended) {
  const std::size_t end = piece_.find('\n');
  const std::string_view part = piece_.substr(0, end);
  ended = end != std::string_view::npos;
  piece_.remove_prefix(ended ? end + 1 : piece_.size());
  return part;
}

bool InputLines::begins_well(std::string_view& first_line) {
  if (begins_with(first_line, utf8_mark)) {
    first_line.remove_prefix(utf8_mark.size());
    return true;
  }
  if (!is_utf16(first_line)) return true;
  report({first_line, number_}, {1, "the text is UTF-16; save it as UTF-8"});
  piece_ = {};
  pieces_ = whole({});
  return false;
}

bool InputLines::is_given_up() {
  if (errors_.size() == max_input_errors) {
    report({{}, number_ + 1},
           {1, "too many errors (" + std::to_string(max_input_errors) + "); nothing from here on was read"});
  }
  return errors_.size() > max_input_errors;
}

}  // namespace edgesurvey
