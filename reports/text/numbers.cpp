#include "reports/text/numbers.hpp"

#include <array>
#include <charconv>

namespace edgesurvey {

std::string percent(double share) {
  std::array<char, 32> digits{};
  const auto result =
      std::to_chars(digits.data(), digits.data() + digits.size(), share * 100, std::chars_format::fixed, 1);
  return {digits.data(), result.ptr};
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, 1, ',');
  return digits;
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
  return grouped(number) + " " + std::string(number == 1 ? one : many);
}

std::string share_with_interval(const Interval& share) {
  return percent(share.share) + " %, 95 % CI " + percent(share.low) + "-" + percent(share.high);
}

std::string padded(std::string_view text, std::size_t columns) {
  std::string cell(text);
  if (cell.size() < columns) cell.append(columns - cell.size(), ' ');
  return cell;
}

std::string right_aligned(std::string_view text, std::size_t columns) {
  std::string cell(text);
  if (cell.size() < columns) cell.insert(0, columns - cell.size(), ' ');
  return cell;
}

std::string headline(const SurveySummary& summary) {
  const auto exposed = summary.count(Verdict::cls_exposed);
  const auto judged = summary.addresses();
  if (judged == 0) return "No address was judged.";
  return grouped(exposed) + " of " + counted(judged, "address", "addresses") + " (" +
         share_with_interval(summary.share(Verdict::cls_exposed)) + ") " +
         (exposed == 1 ? "exposes" : "expose") + " CLS ports";
}

}  // namespace edgesurvey
