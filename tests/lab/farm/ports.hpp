// A set of TCP ports as sorted, disjoint ranges, written as people write them: "443,50000-59999".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace edgesurvey::farm {

struct PortRange {
  std::uint16_t first = 0;
  std::uint16_t last = 0;  // included

  constexpr std::uint32_t size() const { return static_cast<std::uint32_t>(last - first) + 1; }
  friend bool operator==(const PortRange&, const PortRange&) = default;
};

class Ports {
 public:
  Ports() = default;
  explicit Ports(std::vector<PortRange> ranges);  // any order, may overlap

  static std::optional<Ports> parse(std::string_view text);  // "" is the empty set

  bool contains(std::uint16_t port) const;
  bool empty() const { return ranges_.empty(); }
  std::uint32_t count() const;
  const std::vector<PortRange>& ranges() const { return ranges_; }
  Ports within(PortRange window) const;
  Ports operator|(const Ports& other) const;
  Ports operator&(const Ports& other) const;
  Ports operator-(const Ports& other) const;
  std::string to_string() const;

  friend bool operator==(const Ports&, const Ports&) = default;

 private:
  std::vector<PortRange> ranges_;
};

inline constexpr PortRange media_range{50000, 59999};
inline constexpr std::uint16_t first_cls_port = 50001;
inline constexpr std::uint16_t last_cls_port = 50003;

}  // namespace edgesurvey::farm
