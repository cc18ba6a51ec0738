#include "tests/lab/farm/wild_ports.hpp"

#include <array>

namespace edgesurvey::farm::wild {

Ports all() {
  return services_and_range();
}
Ports range() {
  return Ports({media_range});
}
Ports cls() {
  return Ports({{first_cls_port, last_cls_port}});
}
Ports other_services() {
  return ports("3478,5061");
}
Ports anything() {
  return ports("1-65535");
}
Ports all_but(const Ports& some) {
  return anything() - some;
}

Ports moved_range(HostMaker& m) {
  static constexpr std::array ranges{"40803-65532", "49152-65535", "50000-50999"};
  return services() | ports(ranges[m.below(ranges.size())]);
}

Ports range_elsewhere() {
  return services() | ports("20000-29999");
}

Ports opening_about_50000(HostMaker& m) {
  const auto first = 49000 + 100 * m.below(9);
  const auto last = 50099 + 100 * m.below(9);
  return services() | Ports({{static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last)}});
}

Ports run_beside_cls(HostMaker& m) {
  const auto first = 50100 + 100 * m.below(60);
  const auto size = 500 + m.below(3000);
  return Ports({{static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(first + size)}});
}

// One statement a draw: the operands of | have no order.
Ports two_openings(HostMaker& m) {
  const auto one = m.opening(400, 2000);
  return services() | one | m.opening(400, 2000);
}

}  // namespace edgesurvey::farm::wild
