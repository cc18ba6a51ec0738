#include "scanner/net/limits.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "scanner/net/kernel_settings.hpp"

namespace edgesurvey {
namespace {

// Two families, each by UDP and, after a truncated answer, by TCP.
constexpr std::size_t sockets_a_lookup = 4;

// Besides probes and DNS: the engine's epoll, the signals' pipe, result files and their temporaries, and what
// libraries read in passing. The least is enough while nothing is written but the journal; results are
// written when no probe is in flight any more.
constexpr std::size_t usual_own = 64;
constexpr std::size_t least_own = 4;

// For a survey to begin at all, the journal and an event loop (epoll, timer, wake-up) come on top.
constexpr std::size_t before_the_budget = 4;

constexpr double syn_sent_seconds = 120;  // nf_conntrack_tcp_timeout_syn_sent

std::size_t open_descriptors() {
  std::error_code error;
  const std::filesystem::directory_iterator entries("/proc/self/fd", error);
  if (error) return 3;
  const auto count = std::distance(begin(entries), end(entries));
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(count - 1, 0));  // less the iterator's own
}

// The soft limit after asking for `needed`.
rlim_t raised_soft_limit(rlim_t needed) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  const rlim_t before = limit.rlim_cur;
  if (before >= needed) return before;
  limit.rlim_cur = std::min(needed, limit.rlim_max);
  return ::setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : before;
}

}  // namespace

DescriptorBudget raise_descriptor_limit(std::size_t wanted_probes, std::size_t wanted_lookups) {
  const std::size_t open = open_descriptors();
  const std::size_t wanted_dns = sockets_a_lookup * wanted_lookups;
  DescriptorBudget budget;
  budget.soft_limit = raised_soft_limit(open + usual_own + wanted_dns + wanted_probes);
  const std::size_t room = budget.soft_limit - std::min(open, budget.soft_limit);
  const std::size_t own = std::clamp(room / 8, least_own, usual_own);
  const std::size_t rest = room - std::min(own, room);
  const std::size_t spare = rest - std::min(wanted_probes, rest);
  const std::size_t dns = std::min(wanted_dns, std::max({sockets_a_lookup, rest / 4, spare}));
  budget.reserve = own + dns;
  budget.lookups = dns / sockets_a_lookup;
  budget.max_in_flight = std::max<std::size_t>(std::min(wanted_probes, rest - std::min(dns, rest)), 1);
  return budget;
}

std::optional<std::string> descriptor_shortage(bool with_names) {
  const std::size_t needed =
      open_descriptors() + before_the_budget + least_own + 1 + (with_names ? sockets_a_lookup : 0);
  const std::size_t limit = raised_soft_limit(needed);
  if (limit >= needed) return std::nullopt;
  return "the limit of open files is " + std::to_string(limit) + ", and a survey needs at least " +
         std::to_string(needed) + ": raise it (ulimit -n 1024)";
}

std::optional<ConntrackRoom> conntrack_room() {
  const auto max = read_kernel_number("/proc/sys/net/netfilter/nf_conntrack_max");
  const auto count = read_kernel_number("/proc/sys/net/netfilter/nf_conntrack_count");
  if (!max || !count) return std::nullopt;
  return ConntrackRoom{*max, *count};
}

std::optional<std::string> conntrack_warning(const ConntrackRoom& room, double unanswered_per_second,
                                             std::uint64_t unanswered_total) {
  const double free = room.max > room.count ? static_cast<double>(room.max - room.count) : 0;
  const auto total = static_cast<double>(unanswered_total);
  const double held =
      unanswered_per_second > 0 ? std::min(unanswered_per_second * syn_sent_seconds, total) : total;
  if (held <= free) return std::nullopt;
  const auto number = [](double value) { return std::to_string(static_cast<std::uint64_t>(value)); };
  std::string text = "this machine's connection tracker has room for ";
  text.append(number(free)).append(" more connections (nf_conntrack_max ").append(std::to_string(room.max));
  text.append(") and holds an unanswered probe for 120 s; this run may need ")
      .append(number(std::ceil(held)));
  text.append(", and once it is full every port looks filtered: stay below ");
  text.append(number(std::max(std::floor(free / syn_sent_seconds), 1.0)));
  return text.append(" probes/s or raise net.netfilter.nf_conntrack_max");
}

}  // namespace edgesurvey
