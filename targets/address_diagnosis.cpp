#include "targets/address_diagnosis.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

std::vector<std::string_view> split_at_dots(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t dot = text.find('.');
    parts.push_back(text.substr(0, dot));
    if (dot == std::string_view::npos) return parts;
    text.remove_prefix(dot + 1);
  }
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string without_leading_zeros(std::string_view number) {
  const std::size_t first = number.find_first_not_of('0');
  return first == std::string_view::npos ? "0" : std::string(number.substr(first));
}

std::optional<std::string> explain_bad_part(std::string_view part) {
  if (part.empty()) return "it has an empty part";
  if (!is_number(part)) return "its part " + quoted(part, 20) + " is not a number";
  const std::string value = without_leading_zeros(part);
  if (value.size() > 3 || std::stoi(value) > 255) return "its part " + quoted(part, 20) + " is over 255";
  if (value.size() != part.size()) {
    return "its part " + quoted(part, 20) + " has leading zeros, which some programs read as octal; write '" +
           value + "'";
  }
  return std::nullopt;
}

std::string explain_bad_v4(std::string_view text) {
  const auto parts = split_at_dots(text);
  if (parts.size() != 4) {
    return "it has " + std::to_string(parts.size()) + (parts.size() == 1 ? " part" : " parts") +
           " instead of four";
  }
  for (const std::string_view part : parts) {
    if (auto why = explain_bad_part(part)) return *why;
  }
  return "it is not four numbers with dots between them";
}

std::string explain_bad_v6(std::string_view text) {
  if (text.find('%') != std::string_view::npos)
    return "a zone index ('%...') has no meaning outside its own host";
  if (text.front() == '[' && text.back() != ']') return "its bracket is not closed";
  return "it is not IPv6 as RFC 4291 writes it";
}

}  // namespace

std::string explain_bad_address(std::string_view text) {
  if (text.empty()) return "an address is missing";
  const bool meant_as_v6 = text.find(':') != std::string_view::npos;
  return quoted(text) + " is not an address: " + (meant_as_v6 ? explain_bad_v6(text) : explain_bad_v4(text));
}

}  // namespace edgesurvey
