#include "reports/html/answer.hpp"

#include <array>
#include <charconv>

namespace edgesurvey::html {
namespace {

std::string_view verb(const PortEvidence& port) {
  switch (answer_of(port)) {
    case Answer::open:
      return "open";
    case Answer::refused:
      return "refused";
    case Answer::rejected:
      return "rejected";
    case Answer::silent:
      return "silent";
    case Answer::unknown:
      break;
  }
  return to_string(port.reason);
}

}  // namespace

Answer answer_of(const PortEvidence& port) {
  switch (port.state) {
    case PortState::open:
      return Answer::open;
    case PortState::closed:
      return Answer::refused;
    case PortState::filtered:
      return port.reason == Reason::no_response ? Answer::silent : Answer::rejected;
    case PortState::unknown:
      break;
  }
  return Answer::unknown;
}

std::string_view css_class(Answer answer) {
  constexpr std::array<std::string_view, 5> classes{"o", "r", "j", "s", "u"};
  return classes[static_cast<std::size_t>(answer)];
}

std::string_view title(Answer answer) {
  constexpr std::array<std::string_view, 5> titles{"open (SYN-ACK)", "refused (RST)", "rejected (ICMP)",
                                                   "silent", "not asked, or failed here"};
  return titles[static_cast<std::size_t>(answer)];
}

std::string in_words(const PortEvidence& port) {
  std::string words(verb(port));
  if (port.rtt > Duration::zero()) words += ", " + milliseconds(port.rtt);
  if (port.attempts > 1) words += ", " + std::to_string(port.attempts) + " tries";
  return words;
}

std::string milliseconds(Duration duration) {
  const double value = std::chrono::duration<double, std::milli>(duration).count();
  std::array<char, 32> digits{};
  const int decimals = value < 10 ? 2 : 1;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals);
  return std::string(digits.data(), end.ptr) + " ms";
}

}  // namespace edgesurvey::html
