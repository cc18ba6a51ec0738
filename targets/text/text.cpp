#include "targets/text/text.hpp"

#include <algorithm>
#include <array>

#include "targets/text/utf8.hpp"

namespace edgesurvey {
namespace {

struct CodePoints {
  char32_t first;
  char32_t last;
};

constexpr std::array unprintable_ranges{
    CodePoints{0x0000, 0x001F},    // C0 controls
    CodePoints{0x007F, 0x009F},    // DEL, C1 controls
    CodePoints{0x00AD, 0x00AD},    // soft hyphen
    CodePoints{0x061C, 0x061C},    // Arabic letter mark
    CodePoints{0x180E, 0x180E},    // Mongolian vowel separator
    CodePoints{0x200B, 0x200F},    // zero-width characters, left-to-right and right-to-left marks
    CodePoints{0x2028, 0x202E},    // line and paragraph separators, embeddings and overrides
    CodePoints{0x2060, 0x206F},    // word joiner, isolates, deprecated formatting
    CodePoints{0xFEFF, 0xFEFF},    // byte-order mark
    CodePoints{0xFFF9, 0xFFFB},    // interlinear annotation
    CodePoints{0xE0000, 0xE007F},  // tags
};

std::string hex(char32_t number, std::size_t least_digits) {
  std::string digits;
  for (; number != 0 || digits.size() < least_digits; number /= 16) {
    digits.insert(digits.begin(), "0123456789abcdef"[number % 16]);
  }
  return digits;
}

std::string escape(char32_t code_point) {
  return code_point < 0x100 ? "\\x" + hex(code_point, 2) : "\\u{" + hex(code_point, 4) + "}";
}

// Most text is plain ASCII; it needs no decoding.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

std::size_t cut_between_characters(std::string_view text, std::size_t max_bytes) {
  const auto continues = [text](std::size_t i) {
    return (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
  };
  std::size_t end = max_bytes;
  // Never further back than one character is long: a run of stray continuation bytes is not a character.
  while (end > 0 && max_bytes - end < 3 && continues(end)) --end;
  return end;
}

}  // namespace

bool is_unprintable(char32_t code_point) {
  return std::any_of(unprintable_ranges.begin(), unprintable_ranges.end(),
                     [code_point](const CodePoints& range) {
                       return range.first <= code_point && code_point <= range.last;
                     });
}

std::string printable(std::string_view untrusted) {
  if (is_plain(untrusted)) return std::string(untrusted);
  std::string shown;
  shown.reserve(untrusted.size());
  while (!untrusted.empty()) {
    const auto character = first_utf8_character(untrusted);
    const std::size_t bytes = character ? character->bytes : 1;
    if (!character) {
      shown += escape(static_cast<unsigned char>(untrusted.front()));
    } else if (is_unprintable(character->code_point)) {
      shown += escape(character->code_point);
    } else {
      shown += untrusted.substr(0, bytes);
    }
    untrusted.remove_prefix(bytes);
  }
  return shown;
}

std::string quoted(std::string_view untrusted, std::size_t max_bytes) {
  if (untrusted.size() <= max_bytes) return "'" + printable(untrusted) + "'";
  return "'" + printable(untrusted.substr(0, cut_between_characters(untrusted, max_bytes))) + "...'";
}

}  // namespace edgesurvey
