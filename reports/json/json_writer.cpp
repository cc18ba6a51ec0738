#include "reports/json/json_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "targets/text/text.hpp"
#include "targets/text/utf8.hpp"

namespace edgesurvey {
namespace {

constexpr std::string_view replacement_character = "\xEF\xBF\xBD";

bool needs_no_escape(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; });
}

void append_code_unit(std::string& out, unsigned unit) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += digits[(unit >> shift) & 0xFU];
}

// \uNNNN, as a surrogate pair above U+FFFF (RFC 8259, section 7).
void append_escape(std::string& out, char32_t code_point) {
  if (code_point < 0x10000) return append_code_unit(out, code_point);
  const char32_t offset = code_point - 0x10000;
  append_code_unit(out, 0xD800U + (offset >> 10));
  append_code_unit(out, 0xDC00U + (offset & 0x3FFU));
}

void append_quoted(std::string& out, std::string_view untrusted) {
  out += '"';
  if (needs_no_escape(untrusted)) {
    out += untrusted;
  } else {
    while (!untrusted.empty()) {
      const auto character = first_utf8_character(untrusted);
      const std::size_t bytes = character ? character->bytes : 1;
      if (!character) {
        out += replacement_character;
      } else if (is_unprintable(character->code_point)) {
        append_escape(out, character->code_point);
      } else {
        if (untrusted.front() == '"' || untrusted.front() == '\\') out += '\\';
        out += untrusted.substr(0, bytes);
      }
      untrusted.remove_prefix(bytes);
    }
  }
  out += '"';
}

}  // namespace

void append_decimal(std::string& out, double value) {
  std::array<char, 64> digits{};
  const auto [end, error] =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, 6);
  if (error != std::errc()) {  // larger than any share or rate can be
    out += '0';
    return;
  }
  std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  while (text.back() == '0') text.remove_suffix(1);
  if (text.back() == '.') text.remove_suffix(1);
  out += text == "-0" ? "0" : text;
}

void JsonWriter::separate() {
  if (after_value_) out_ += ',';
  after_value_ = true;
}

void JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  after_value_ = false;
}

void JsonWriter::close(char bracket) {
  out_ += bracket;
  after_value_ = true;
}

void JsonWriter::key(std::string_view name) {
  separate();
  out_ += '"';
  out_ += name;
  out_ += "\":";
  after_value_ = false;
}

void JsonWriter::text_key(std::string_view untrusted) {
  separate();
  append_quoted(out_, untrusted);
  out_ += ':';
  after_value_ = false;
}

void JsonWriter::text(std::string_view untrusted) {
  separate();
  append_quoted(out_, untrusted);
}

void JsonWriter::number(std::uint64_t value) {
  separate();
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_.append(digits.data(), end);
}

void JsonWriter::decimal(double value) {
  separate();
  append_decimal(out_, value);
}

void JsonWriter::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void JsonWriter::null() {
  separate();
  out_ += "null";
}

}  // namespace edgesurvey
