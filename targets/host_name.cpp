#include "targets/host_name.hpp"

#include <idn2.h>

#include <algorithm>
#include <memory>

#include "targets/text/text.hpp"
#include "targets/text/utf8.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t max_name_bytes = 253;  // RFC 1035 section 2.3.4, in text form
constexpr std::size_t max_label_bytes = 63;
// No name of 253 A-label bytes needs more UTF-8 than this; it bounds the work libidn2 is given.
constexpr std::size_t max_typed_bytes = 1024;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f');
}
bool is_label_character(char c) {
  return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '_';
}
bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Not std::tolower: the locale has no say in DNS.
std::string to_lower(std::string_view ascii) {
  std::string lower(ascii);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// IDNA drops some invisible characters without a word, so that two names that differ would be asked as one.
// The joiners are let through: some scripts need them, and IDNA checks where they stand (RFC 5892, appendix
// A).
std::optional<std::string_view> find_hidden_character(std::string_view text) {
  while (const auto character = first_utf8_character(text)) {
    const bool joiner = character->code_point == U'\u200C' || character->code_point == U'\u200D';
    if (is_unprintable(character->code_point) && !joiner) return text.substr(0, character->bytes);
    text.remove_prefix(character->bytes);
  }
  return std::nullopt;
}

// IDNA takes some for a plain space, which as an error says nothing: it looks like the space that ends a
// word.
bool has_odd_space(std::string_view text) {
  while (const auto character = first_utf8_character(text)) {
    const char32_t c = character->code_point;
    if (c == U'\u00A0' || c == U'\u1680' || (c >= U'\u2000' && c <= U'\u200A') || c == U'\u202F' ||
        c == U'\u205F' || c == U'\u3000') {
      return true;
    }
    text.remove_prefix(character->bytes);
  }
  return false;
}

std::optional<std::string> to_a_labels(const std::string& utf8, std::string& why) {
  if (const auto hidden = find_hidden_character(utf8)) {
    why = "it has an invisible character (" + printable(*hidden) + ")";
    return std::nullopt;
  }
  if (has_odd_space(utf8)) {
    why = "it has a space that is no plain one, as a no-break space";
    return std::nullopt;
  }
  char* result = nullptr;
  const int status = idn2_to_ascii_8z(utf8.c_str(), &result, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  const std::unique_ptr<char, void (*)(void*)> owner(result, idn2_free);
  if (status != IDN2_OK) {
    why = std::string("IDNA refuses it (") + idn2_strerror_name(status) + ": " + idn2_strerror(status) + ")";
    return std::nullopt;
  }
  return to_lower(result);
}

bool has_a_label(std::string_view ascii) {
  return ascii.substr(0, 4) == "xn--" || ascii.find(".xn--") != std::string_view::npos;
}

// The lower-case ASCII form. libidn2 costs 20 times what the rest does, so plain names never see it; a name
// that already has A-labels does, because "xn--" before anything but Punycode of a valid label names nothing.
std::optional<std::string> to_ascii(std::string_view text, std::string& why) {
  if (!is_ascii(text)) return to_a_labels(std::string(text), why);
  std::string lower = to_lower(text);
  if (has_a_label(lower)) return to_a_labels(lower, why);
  return lower;
}

std::string show_character_at(std::string_view text) {
  const auto character = first_utf8_character(text);
  return quoted(text.substr(0, character ? character->bytes : 1));
}

bool check_label(std::string_view label, std::string& why) {
  if (label.empty()) {
    why = "it has an empty label (two dots, or one at the start)";
  } else if (label.size() > max_label_bytes) {
    why =
        "its label " + quoted(label, 20) + " has " + std::to_string(label.size()) + " bytes; 63 are allowed";
  } else if (label.front() == '-' || label.back() == '-') {
    why = "its label " + quoted(label, 20) + " begins or ends with a hyphen";
  } else if (const auto bad = std::find_if_not(label.begin(), label.end(), is_label_character);
             bad != label.end()) {
    why = show_character_at(label.substr(static_cast<std::size_t>(bad - label.begin()))) +
          " is not allowed in one";
  } else {
    return true;
  }
  return false;
}

// Whether programs that use inet_aton would take the name for an address ("127.1", "0x7f000001").
bool reads_as_number(std::string_view label) {
  if (label.substr(0, 2) == "0x") {
    label.remove_prefix(2);
    return std::all_of(label.begin(), label.end(), is_hex_digit);
  }
  return std::all_of(label.begin(), label.end(), is_digit);
}

bool check_name(std::string_view ascii, std::string& why) {
  if (ascii.size() > max_name_bytes) {
    why = "it has " + std::to_string(ascii.size()) + " bytes; 253 are allowed";
    return false;
  }
  for (std::string_view rest = ascii;;) {
    const std::size_t dot = rest.find('.');
    const std::string_view label = rest.substr(0, dot);
    if (!check_label(label, why)) return false;
    if (dot != std::string_view::npos) {
      rest.remove_prefix(dot + 1);
      continue;
    }
    if (!reads_as_number(label)) return true;
    why = "it ends in a number, as a mistyped address does";
    return false;
  }
}

// Removes one final dot, in any of the four forms IDNA takes for one (all but the first are three bytes
// long).
void drop_final_dot(std::string& display) {
  for (const std::string_view dot : {".", "\u3002", "\uFF0E", "\uFF61"}) {
    if (display.size() >= dot.size() &&
        std::string_view(display).substr(display.size() - dot.size()) == dot) {
      display.resize(display.size() - dot.size());
      return;
    }
  }
}

}  // namespace

std::optional<HostName> HostName::parse(std::string_view text, std::string* why) {
  const auto refuse = [&](const std::string& reason) {
    if (why != nullptr) *why = reason;
    return std::nullopt;
  };
  if (text.empty()) return refuse("a host name is missing");
  if (text.size() > max_typed_bytes) return refuse(quoted(text) + " is too long for a host name");

  std::string reason;
  auto ascii = to_ascii(text, reason);
  std::string display(text);
  if (ascii && !ascii->empty() && ascii->back() == '.') {
    ascii->pop_back();
    drop_final_dot(display);
  }
  if (!ascii || !check_name(*ascii, reason)) return refuse(quoted(text) + " is not a host name: " + reason);
  HostName name;
  if (display != *ascii) name.display_ = std::move(display);
  name.ascii_ = std::move(*ascii);
  return name;
}

bool HostName::is_under(std::string_view ascii_domain) const {
  const std::string_view name = ascii_;
  if (name.size() < ascii_domain.size()) return false;
  const std::size_t split = name.size() - ascii_domain.size();
  return name.substr(split) == ascii_domain && (split == 0 || name[split - 1] == '.');
}

std::string with_a_label(std::string_view text) {
  std::string shown = printable(text);
  if (is_ascii(text)) return shown;
  if (const auto name = HostName::parse(text)) shown += " (" + name->ascii() + ')';
  return shown;
}

}  // namespace edgesurvey
