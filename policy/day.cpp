#include "policy/day.hpp"

namespace edgesurvey {
namespace {

std::string digits(unsigned number, std::size_t count) {
  std::string text = std::to_string(number);
  if (text.size() < count) text.insert(0, count - text.size(), '0');
  return text;
}

}  // namespace

std::string to_string(Day day) {
  const std::chrono::year_month_day date{day};
  return digits(static_cast<unsigned>(static_cast<int>(date.year())), 4) + "-" +
         digits(static_cast<unsigned>(date.month()), 2) + "-" + digits(static_cast<unsigned>(date.day()), 2);
}

}  // namespace edgesurvey
