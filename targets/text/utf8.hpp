// One step of strict UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing past U+10FFFF.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace edgesurvey {

struct Utf8Character {
  char32_t code_point;
  std::size_t bytes;  // 1 to 4
};

// The character that begins at text[0]; nullopt if the text is empty or does not begin with a whole valid
// one.
std::optional<Utf8Character> first_utf8_character(std::string_view text);

}  // namespace edgesurvey
