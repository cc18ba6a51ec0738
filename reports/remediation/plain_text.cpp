#include "reports/remediation/plain_text.hpp"

#include <algorithm>

#include "targets/host_name.hpp"

namespace edgesurvey::remediation {
namespace {

constexpr std::size_t max_name = 80;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_one_of(char c, std::string_view some) {
  return some.find(c) != std::string_view::npos;
}

std::string escaped(std::string_view text) {
  std::string shown;
  for (const char c : text) {
    if (is_letter_or_digit(c) || is_one_of(c, ".-_")) {
      shown += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    shown += "\\x";
    shown += "0123456789abcdef"[byte / 16];
    shown += "0123456789abcdef"[byte % 16];
  }
  return shown;
}

}  // namespace

std::string plain_name(std::string_view untrusted) {
  const auto name = HostName::parse(untrusted);
  const std::string shown = escaped(name ? std::string_view(name->ascii()) : untrusted);
  return shown.size() <= max_name ? shown : shown.substr(0, max_name) + "...";
}

std::optional<std::string> shell_word(std::string_view untrusted) {
  const auto is_printable = [](char c) { return c >= ' ' && c <= '~' && !is_one_of(c, "'\"`$\\#<>!"); };
  if (!std::all_of(untrusted.begin(), untrusted.end(), is_printable)) return std::nullopt;
  const auto needs_no_quotes = [](char c) { return is_letter_or_digit(c) || is_one_of(c, ".-_/:=,@%+"); };
  const std::string word(untrusted);
  if (!word.empty() && std::all_of(word.begin(), word.end(), needs_no_quotes)) return word;
  return "'" + word + "'";
}

}  // namespace edgesurvey::remediation
