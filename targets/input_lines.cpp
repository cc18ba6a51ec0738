#include "targets/input_lines.hpp"

#include <algorithm>

#include "targets/text.hpp"
#include "targets/utf8.hpp"

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

InputLines::InputLines(std::string_view text, std::string_view source, std::vector<InputError>& errors)
    : rest_(text), source_(source), errors_(errors) {
  if (begins_with(rest_, utf8_mark)) {
    rest_.remove_prefix(utf8_mark.size());
  } else if (is_utf16(rest_)) {
    report({rest_, 1}, {1, "the text is UTF-16; save it as UTF-8"});
    rest_ = {};
  }
}

std::optional<InputLine> InputLines::next() {
  while (!rest_.empty() && !is_given_up()) {
    const InputLine line{take_line(), ++number_};
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

std::string_view InputLines::take_line() {
  const std::size_t end = rest_.find('\n');
  std::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

bool InputLines::is_given_up() {
  if (errors_.size() == max_input_errors) {
    report({rest_, number_ + 1},
           {1, "too many errors (" + std::to_string(max_input_errors) + "); nothing from here on was read"});
  }
  return errors_.size() > max_input_errors;
}

}  // namespace edgesurvey
