// edgesurvey_virtual: a farm drawn and surveyed in virtual time, and how right it came out.
#include <array>
#include <cstdio>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "tests/accuracy/virtual/tally.hpp"
#include "tests/lab/farm/arguments.hpp"
#include "tests/lab/farm/generate.hpp"

namespace {

using namespace edgesurvey;
using namespace edgesurvey::virtual_farm;

constexpr const char* usage =
    "usage: edgesurvey_virtual [--hosts N] [--seed N] [--loss P|P-P] [--rtt MS-MS] [--v6 SHARE]\n"
    "                          [--pace fast|normal] [--show wrong|kinds|last|ADDRESS]\n"
    "wrong: the hosts judged wrongly; kinds: SYNs and time by kind of host\n"
    "last: the hosts that ended last; ADDRESS: all it was asked\n";

struct Kind {
  Share right;
  std::uint64_t syns = 0;
  double longest = 0;
};

farm::Recipe recipe_of(const farm::Arguments& arguments) {
  farm::Recipe recipe;
  recipe.hosts = static_cast<std::uint32_t>(arguments.whole("--hosts", 2500));
  recipe.seed = arguments.whole("--seed", 1);
  recipe.loss = arguments.span("--loss", recipe.loss);
  recipe.rtt_ms = arguments.span("--rtt", recipe.rtt_ms);
  recipe.v6_share = arguments.share("--v6", recipe.v6_share);
  return recipe;
}

void show_probe(const Probed& probed) {
  std::printf("%8.3f %5u %-9s %-16s %4.0f ms of %4.0f\n", probed.started, unsigned{probed.probe.port},
              std::string(to_string(probed.outcome.state)).c_str(),
              std::string(to_string(probed.outcome.reason)).c_str(), 1e3 * (probed.ended - probed.started),
              std::chrono::duration<double, std::milli>(probed.probe.wait).count());
}

void show_verdict(const Surveyed& host) {
  std::cout << host.host.spec().label << ' ' << to_string(host.host.spec().address) << ": "
            << to_string(host.judgement.verdict) << ", " << to_string(host.judgement.reason) << ", "
            << to_string(host.judgement.confidence) << ". " << host.judgement.explanation << '\n';
}

void show_kinds(const std::map<std::string, Kind>& kinds) {
  std::printf("%-28s %6s %6s %8s %10s\n", "kind", "hosts", "right", "SYNs", "longest s");
  for (const auto& [label, kind] : kinds)
    std::printf("%-28s %6zu %6zu %8.1f %10.1f\n", label.c_str(), kind.right.of, kind.right.hits,
                static_cast<double>(kind.syns) / static_cast<double>(kind.right.of), kind.longest);
}

void show_last(std::vector<std::string> hosts) {
  constexpr std::size_t some = 15;
  if (hosts.size() > some) hosts.erase(hosts.begin(), hosts.end() - some);
  for (const auto& host : hosts) std::cout << host << '\n';
}

std::string line_of(const Surveyed& host) {
  std::array<char, 160> line{};
  std::snprintf(line.data(), line.size(), "%-16s %-28s ended at %7.2f s, loss %.3f",
                to_string(host.host.spec().address).c_str(), host.host.spec().label.c_str(), host.ended,
                host.host.spec().loss.out);
  return line.data();
}

int run(const std::vector<std::string>& words) {
  const farm::Arguments arguments(words,
                                  {"--hosts", "--seed", "--loss", "--rtt", "--v6", "--pace", "--show"});
  const auto spec = farm::generate(recipe_of(arguments));
  const std::string show = arguments.text("--show", "");
  const auto is_shown = [&](const farm::HostModel& host) { return to_string(host.spec().address) == show; };
  Tally tally;
  std::map<std::string, Kind> kinds;
  Observer observer;
  std::vector<std::string> ended;
  observer.on_host = [&](const Surveyed& host) {
    if (show == "last") ended.push_back(line_of(host));
    const bool right = tally.judge(host);
    Kind& kind = kinds[host.host.spec().label];
    kind.right.add(right);
    kind.syns += host.host.counters().syns;
    kind.longest = std::max(kind.longest, host.seconds);
    if (is_shown(host.host) || (!right && show == "wrong")) show_verdict(host);
  };
  observer.on_probe = [&](const Probed& probed) {
    if (is_shown(probed.host)) show_probe(probed);
  };
  const auto totals =
      survey(spec, arguments.text("--pace", "fast") == "normal" ? normal() : fast(), observer);
  if (show == "kinds") show_kinds(kinds);
  show_last(std::move(ended));
  std::printf("%s; %.1f SYNs a host, %.1f s\n", to_string(tally).c_str(),
              static_cast<double>(totals.syns) / static_cast<double>(spec.hosts.size()), totals.seconds);
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  return run({argv + 1, argv + argc});
} catch (const std::exception& error) {
  std::cerr << "edgesurvey_virtual: " << error.what() << '\n' << usage;
  return 2;
}
