#include "reports/text/timestamp.hpp"

#include <algorithm>

namespace edgesurvey {
namespace {

using namespace std::chrono;

constexpr WallTime earliest = sys_days{year{0} / 1 / 1};
constexpr WallTime latest = sys_days{year{9999} / 12 / 31} + days{1} - milliseconds{1};

// The decimal number that fills text[at, at + digits).
std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  for (const char c : text.substr(at, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool has_separators(std::string_view text) {
  constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd.dddZ";
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] != 'd' && form[i] != text[i]) return false;
  }
  return true;
}

// Filled up with zeros; value is not negative and has no more digits.
void append_number(std::string& text, std::int64_t value, std::size_t digits) {
  const std::string number = std::to_string(value);
  text.append(digits - number.size(), '0').append(number);
}

}  // namespace

std::string to_iso8601(WallTime time) {
  const WallTime shown = std::clamp(time, earliest, latest);
  const auto day = floor<days>(shown);
  const year_month_day date{day};
  const hh_mm_ss clock{shown - day};
  std::string text;
  append_number(text, static_cast<int>(date.year()), 4);
  append_number(text += '-', static_cast<unsigned>(date.month()), 2);
  append_number(text += '-', static_cast<unsigned>(date.day()), 2);
  append_number(text += 'T', clock.hours().count(), 2);
  append_number(text += ':', clock.minutes().count(), 2);
  append_number(text += ':', clock.seconds().count(), 2);
  append_number(text += '.', clock.subseconds().count(), 3);
  return text += 'Z';
}

std::optional<WallTime> parse_iso8601(std::string_view text) {
  if (!has_separators(text)) return std::nullopt;
  const auto y = number_at(text, 0, 4);
  const auto mo = number_at(text, 5, 2);
  const auto d = number_at(text, 8, 2);
  const auto h = number_at(text, 11, 2);
  const auto mi = number_at(text, 14, 2);
  const auto s = number_at(text, 17, 2);
  const auto ms = number_at(text, 20, 3);
  if (!y || !mo || !d || !h || !mi || !s || !ms) return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*mo)}, day{static_cast<unsigned>(*d)}};
  if (!date.ok() || *h > 23 || *mi > 59 || *s > 59) return std::nullopt;
  return sys_days{date} + hours{*h} + minutes{*mi} + seconds{*s} + milliseconds{*ms};
}

}  // namespace edgesurvey
