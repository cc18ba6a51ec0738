#include <algorithm>
#include <tuple>

#include "policy/toml_table.hpp"
#include "targets/text/input_lines.hpp"
#include "targets/text/utf8.hpp"

namespace edgesurvey {

TomlMistakes::TomlMistakes(std::string_view text, std::string_view source)
    : text_(text), source_(source), lines_{0} {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') lines_.push_back(i + 1);
}

// toml++ counts characters; compilers, editors and the rest of our messages count bytes.
std::size_t TomlMistakes::byte_column(const toml::source_position& where) const {
  if (where.line == 0 || where.line > lines_.size()) return std::max<std::size_t>(where.column, 1);
  const std::size_t begin = lines_[where.line - 1];
  std::size_t at = begin;
  for (std::size_t character = 1; character < where.column && at < text_.size(); ++character) {
    const auto next = first_utf8_character(text_.substr(at));
    at += next ? next->bytes : 1;
  }
  return at - begin + 1;
}

void TomlMistakes::add(const toml::source_position& where, std::string message) {
  too_many_ = errors_.size() == max_input_errors;
  if (too_many_) return;
  const std::size_t line = std::max<std::size_t>(where.line, 1);
  errors_.push_back({{source_, line, byte_column(where)}, std::move(message)});
}

std::vector<InputError> TomlMistakes::take() {
  std::stable_sort(errors_.begin(), errors_.end(), [](const InputError& a, const InputError& b) {
    return std::tie(a.origin.line, a.origin.column) < std::tie(b.origin.line, b.origin.column);
  });
  if (too_many_)
    errors_.push_back({{source_, lines_.size(), 1},
                       "too many errors (" + std::to_string(max_input_errors) + "); there are more"});
  return std::move(errors_);
}

}  // namespace edgesurvey
