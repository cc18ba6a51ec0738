#include "targets/dns/ares_library.hpp"

#include <ares.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <type_traits>

namespace edgesurvey {
namespace {

NameServer server_of(const ares_addr_port_node& node) {
  NameServer server;
  if (node.family == AF_INET) {
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &node.addr.addr4, bytes.size());
    server.address = Address::v4(bytes);
  } else {
    Address::Bytes bytes{};
    std::memcpy(bytes.data(), &node.addr.addr6, bytes.size());
    server.address = Address::v6(bytes);
  }
  if (node.udp_port != 0) server.port = static_cast<std::uint16_t>(node.udp_port);
  return server;
}

}  // namespace

AresLibrary::AresLibrary() {
  require_ares(ares_library_init(ARES_LIB_INIT_ALL));
}
AresLibrary::~AresLibrary() {
  ares_library_cleanup();
}

void require_ares(int status) {
  if (status != ARES_SUCCESS) throw std::runtime_error(std::string("c-ares: ") + ares_strerror(status));
}

std::vector<NameServer> system_servers(const std::string& resolv_conf) {
  std::string path = resolv_conf;
  ares_options options{};
  options.resolvconf_path = path.data();
  ares_channel opened = nullptr;
  require_ares(ares_init_options(&opened, &options, ARES_OPT_RESOLVCONF));
  const std::unique_ptr<std::remove_pointer_t<ares_channel>, void (*)(ares_channel)> channel(opened,
                                                                                             &ares_destroy);
  ares_addr_port_node* first = nullptr;
  require_ares(ares_get_servers_ports(opened, &first));
  const std::unique_ptr<ares_addr_port_node, void (*)(void*)> list(first, &ares_free_data);
  std::vector<NameServer> servers;
  for (const ares_addr_port_node* node = first; node != nullptr; node = node->next)
    servers.push_back(server_of(*node));
  return servers;
}

}  // namespace edgesurvey
