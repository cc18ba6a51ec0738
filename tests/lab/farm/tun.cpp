#include "tests/lab/farm/tun.hpp"

#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>
#include <vector>

namespace edgesurvey::farm {
namespace {

constexpr const char* device = "farm0";

[[noreturn]] void fail(const std::string& what) {
  throw TunError(what + ": " + std::strerror(errno));
}

bool write_file(const std::string& path, std::string_view text) {
  std::ofstream file(path);
  file << text;
  return static_cast<bool>(file.flush());
}

void refuse_other_interfaces() {
  auto* all = if_nameindex();
  if (!all) fail("cannot list the interfaces");
  std::string others;
  for (auto* entry = all; entry->if_index != 0; ++entry)
    if (std::string_view(entry->if_name) != "lo") others += std::string(" ") + entry->if_name;
  if_freenameindex(all);
  if (!others.empty())
    throw TunError("not a private network namespace, it has" + others +
                   "; use `edgefarm run` or `unshare -n`");
}

int open_device() {
  const int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) fail("cannot open /dev/net/tun");
  ifreq request{};
  std::strncpy(request.ifr_name, device, IFNAMSIZ - 1);
  request.ifr_flags = IFF_TUN | IFF_NO_PI;
  if (ioctl(fd, TUNSETIFF, &request) < 0) {
    close(fd);
    fail("cannot make the TUN device");
  }
  return fd;
}

void ip(std::vector<std::string> words) {
  words.insert(words.begin(), "ip");
  std::vector<char*> arguments;
  std::string line;
  for (auto& word : words) {
    arguments.push_back(word.data());
    line += word + ' ';
  }
  arguments.push_back(nullptr);
  const auto child = fork();
  if (child < 0) fail("cannot fork");
  if (child == 0) {
    execvp("ip", arguments.data());
    _exit(127);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw TunError("failed: " + line);
}

void set_up(const Spec& spec) {
  // No link-local address: its router solicitations would be counted as the scanner's.
  write_file(std::string("/proc/sys/net/ipv6/conf/") + device + "/addr_gen_mode", "1");
  ip({"link", "set", "lo", "up"});
  ip({"link", "set", device, "txqueuelen", "20000", "up"});
  ip({"addr", "add", to_string(spec.client_v4) + "/32", "dev", device});
  ip({"-6", "addr", "add", to_string(spec.client_v6) + "/128", "dev", device, "nodad"});
  // Everything, not the hosts' prefixes alone: a probe that strays is then seen and counted.
  ip({"route", "add", "default", "dev", device, "src", to_string(spec.client_v4)});
  ip({"-6", "route", "add", "default", "dev", device, "src", to_string(spec.client_v6)});
  // Best effort: more ports for a scanner of thousands of hosts, none of them in the range it asks about.
  write_file("/proc/sys/net/ipv4/ip_local_port_range", "10240 49999");
}

}  // namespace

void enter_private_network() {
  const auto uid = std::to_string(geteuid());
  const auto gid = std::to_string(getegid());
  if (geteuid() == 0 && unshare(CLONE_NEWNET) == 0) return;
  if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) fail("cannot make a private network namespace");
  if (!write_file("/proc/self/setgroups", "deny") || !write_file("/proc/self/uid_map", "0 " + uid + " 1") ||
      !write_file("/proc/self/gid_map", "0 " + gid + " 1"))
    throw TunError("cannot become root of the private namespace");
}

Tun::Tun(const Spec& spec) {
  refuse_other_interfaces();
  fd_ = open_device();
  try {
    set_up(spec);
  } catch (...) {
    close(fd_);
    throw;
  }
}

Tun::~Tun() {
  close(fd_);
}

}  // namespace edgesurvey::farm
