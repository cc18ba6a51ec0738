#include <nlohmann/json.hpp>

#include "tests/lab/farm/farm.hpp"

namespace edgesurvey::farm {
namespace {

using nlohmann::json;

json host_counters(const HostModel& host) {
  const auto& counters = host.counters();
  json out{{"address", to_string(host.spec().address)},
           {"label", host.spec().label},
           {"syns", counters.syns},
           {"distinct_ports", counters.ports.distinct()},
           {"peak_syns_1s", counters.per_1s.peak()},
           {"peak_syns_5s", counters.per_5s.peak()},
           {"syns_lost", counters.syns_lost},
           {"answers_lost", counters.answers_lost},
           {"syns_blocked", counters.syns_blocked},
           {"syns_limited", counters.syns_limited},
           {"ips_trips", host.ips_trips()},
           {"syn_acks", counters.syn_acks},
           {"rsts", counters.rsts},
           {"icmps", counters.icmps},
           {"established", counters.established}};
  out["first_s"] = counters.first ? json(in_s(*counters.first)) : json();
  out["last_s"] = counters.last ? json(in_s(*counters.last)) : json();
  return out;
}

}  // namespace

std::string counters_json(const Farm& farm) {
  const auto& counters = farm.counters();
  json strays = json::array();
  for (const auto& stray : counters.strays) strays.push_back(to_string(stray));
  json hosts = json::array();
  std::uint64_t hosts_probed = 0;
  for (const auto& host : farm.hosts()) {
    hosts.push_back(host_counters(host));
    if (host.counters().syns > 0) ++hosts_probed;
  }
  const json out{{"totals",
                  {{"packets", counters.packets},
                   {"syns", counters.syns},
                   {"hosts_probed", hosts_probed},
                   {"resets", counters.resets},
                   {"established", counters.established},
                   {"echo_requests", counters.echo_requests},
                   {"dns_queries", counters.dns_queries},
                   {"multicasts", counters.multicasts},
                   {"not_understood", counters.not_understood},
                   {"unknown_addresses", counters.unknown_addresses},
                   {"strays", strays},
                   {"dropped_in_flight", farm.queue().dropped()}}},
                 {"hosts", hosts}};
  return out.dump(1) + '\n';
}

}  // namespace edgesurvey::farm
