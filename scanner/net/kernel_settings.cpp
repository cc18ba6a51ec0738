#include "scanner/net/kernel_settings.hpp"

#include <fstream>

namespace edgesurvey {

std::optional<std::uint64_t> read_kernel_number(const char* path) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  if (!(file >> number)) return std::nullopt;
  return number;
}

LocalPortRange local_port_range() {
  std::ifstream file("/proc/sys/net/ipv4/ip_local_port_range");
  LocalPortRange range;
  if (!(file >> range.first >> range.last)) return {};
  return range;
}

unsigned syn_resends() {
  constexpr unsigned linux_default = 6;
  const auto number = read_kernel_number("/proc/sys/net/ipv4/tcp_syn_retries");
  return number && *number <= 127 ? static_cast<unsigned>(*number) : linux_default;
}

}  // namespace edgesurvey
