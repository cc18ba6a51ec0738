#include "tests/lab/farm/ports.hpp"

#include <algorithm>
#include <charconv>

namespace edgesurvey::farm {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

std::optional<PortRange> parse_range(std::string_view text) {
  const auto dash = text.find('-');
  const auto first = parse_port(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : parse_port(text.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return PortRange{*first, *last};
}

}  // namespace

Ports::Ports(std::vector<PortRange> ranges) {
  std::sort(ranges.begin(), ranges.end(), [](PortRange a, PortRange b) { return a.first < b.first; });
  for (const auto range : ranges) {
    if (!ranges_.empty() && range.first <= std::uint32_t{ranges_.back().last} + 1) {
      ranges_.back().last = std::max(ranges_.back().last, range.last);
    } else {
      ranges_.push_back(range);
    }
  }
}

std::optional<Ports> Ports::parse(std::string_view text) {
  std::vector<PortRange> ranges;
  while (!text.empty()) {
    const auto comma = text.find(',');
    const auto range = parse_range(text.substr(0, comma));
    if (!range) return std::nullopt;
    ranges.push_back(*range);
    text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
  }
  return Ports(std::move(ranges));
}

bool Ports::contains(std::uint16_t port) const {
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), port,
                                      [](std::uint16_t p, PortRange range) { return p < range.first; });
  return after != ranges_.begin() && port <= std::prev(after)->last;
}

std::uint32_t Ports::count() const {
  std::uint32_t total = 0;
  for (const auto range : ranges_) total += range.size();
  return total;
}

Ports Ports::within(PortRange window) const {
  std::vector<PortRange> cut;
  for (const auto range : ranges_) {
    const PortRange part{std::max(range.first, window.first), std::min(range.last, window.last)};
    if (part.first <= part.last) cut.push_back(part);
  }
  return Ports(std::move(cut));
}

Ports Ports::operator|(const Ports& other) const {
  auto all = ranges_;
  all.insert(all.end(), other.ranges_.begin(), other.ranges_.end());
  return Ports(std::move(all));
}

Ports Ports::operator&(const Ports& other) const {
  std::vector<PortRange> common;
  for (const auto range : ranges_) {
    const auto part = other.within(range);
    common.insert(common.end(), part.ranges_.begin(), part.ranges_.end());
  }
  return Ports(std::move(common));
}

Ports Ports::operator-(const Ports& other) const {
  std::vector<PortRange> gaps;
  std::uint32_t next = 1;
  for (const auto range : other.ranges_) {
    if (next < range.first)
      gaps.push_back({static_cast<std::uint16_t>(next), static_cast<std::uint16_t>(range.first - 1)});
    next = range.last + 1U;
  }
  if (next <= 65535) gaps.push_back({static_cast<std::uint16_t>(next), 65535});
  return *this & Ports(std::move(gaps));
}

std::string Ports::to_string() const {
  std::string text;
  for (const auto range : ranges_) {
    if (!text.empty()) text += ',';
    text += std::to_string(range.first);
    if (range.last != range.first) text += '-' + std::to_string(range.last);
  }
  return text;
}

}  // namespace edgesurvey::farm
