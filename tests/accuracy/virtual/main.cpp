// edgesurvey_virtual: a farm drawn and surveyed in virtual time, and how right it came out.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tests/accuracy/virtual/as_json.hpp"
#include "tests/lab/farm/arguments.hpp"
#include "tests/lab/farm/generate.hpp"

namespace {

using namespace edgesurvey;
using namespace edgesurvey::virtual_farm;

constexpr const char* usage =
    "usage: edgesurvey_virtual [--hosts N] [--seed N] [--loss P|P-P] [--rtt MS-MS] [--bursts SHARE] [--v6 "
    "SHARE]\n"
    "                          [--late MS-MS] [--preset scoreboard|wild] [--only KIND[,KIND...]]\n"
    "                          [--pace fast|normal|polite] [--patience D] [--without ROW]\n"
    "                          [--show wrong|kinds|last|json|questions|ADDRESS]\n"
    "the farm's options are those of edgefarm generate; --without: the table of questions lacks that row\n"
    "wrong: the hosts judged wrongly; kinds: SYNs and time by kind of host\n"
    "last: the hosts that ended last; ADDRESS: all it was asked, as it ended\n"
    "json: the result as JSON; questions: the table of questions as JSON, and no survey\n";

struct Kind {
  Tally tally;
  std::uint64_t syns = 0;
  double longest = 0;
};

farm::Recipe recipe_of(const farm::Arguments& arguments) {
  farm::Recipe recipe;
  recipe.hosts = static_cast<std::uint32_t>(arguments.whole("--hosts", 2500));
  recipe.seed = arguments.whole("--seed", 1);
  recipe.loss = arguments.span("--loss", recipe.loss);
  recipe.rtt_ms = arguments.span("--rtt", recipe.rtt_ms);
  recipe.burst_share = arguments.share("--bursts", recipe.burst_share);
  recipe.v6_share = arguments.share("--v6", recipe.v6_share);
  recipe.late_ms = arguments.span("--late", recipe.late_ms);
  recipe.wild = arguments.choice("--preset", {"scoreboard", "wild"}) == 1;
  recipe.only = arguments.list("--only");
  return recipe;
}

Duration patience_of(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (error != std::errc{} || number <= 0 || (unit != "s" && unit != "ms"))
    throw farm::UsageError("--patience wants a duration such as 6s or 800ms, not \"" + text + '"');
  const std::chrono::duration<double> seconds(unit == "s" ? number : number / 1e3);
  return std::chrono::duration_cast<Duration>(seconds);
}

Pace pace_of(const farm::Arguments& arguments) {
  const std::string name = arguments.text("--pace", "fast");
  Pace pace = name == "fast" ? fast() : name == "normal" ? normal() : polite();
  if (name != "fast" && name != "normal" && name != "polite") throw farm::UsageError("no such pace: " + name);
  if (arguments.has("--patience")) pace.host.patience = patience_of(arguments.text("--patience", ""));
  return pace;
}

std::vector<Question> inquiry_without(std::string_view row) {
  std::vector<Question> left(inquiry().begin(), inquiry().end());
  if (std::erase_if(left, [&](const Question& question) { return question.name == row; }) == 0)
    throw farm::UsageError("no such row in the table of questions: " + std::string(row));
  return left;
}

void show_probe(const Probed& probed) {
  std::printf("%8.3f %5u %-9s %-16s %4.0f ms of %4.0f %s\n", probed.started, unsigned{probed.probe.port},
              std::string(to_string(probed.outcome.state)).c_str(),
              std::string(to_string(probed.outcome.reason)).c_str(), 1e3 * (probed.ended - probed.started),
              std::chrono::duration<double, std::milli>(probed.probe.wait).count(),
              std::string(to_string(probed.probe.question)).c_str());
}

void show_verdict(const Surveyed& host) {
  std::cout << host.host.spec().label << ' ' << to_string(host.host.spec().address) << ": "
            << to_string(host.judgement.verdict) << ", " << to_string(host.judgement.reason) << ", "
            << to_string(host.judgement.confidence) << ". " << host.judgement.explanation << '\n';
}

void show_kinds(const std::map<std::string, Kind>& kinds) {
  std::printf("%-28s %6s %6s %11s %11s %8s %10s\n", "kind", "hosts", "right", "covered", "spans true", "SYNs",
              "longest s");
  const auto of = [](const Share& share) {
    return std::to_string(share.hits) + '/' + std::to_string(share.of);
  };
  for (const auto& [label, kind] : kinds) {
    const Share& right = kind.tally.right;
    std::printf("%-28s %6zu %6zu %11s %11s %8.1f %10.1f\n", label.c_str(), right.of, right.hits,
                of(kind.tally.covered).c_str(), of(kind.tally.spans_true).c_str(),
                static_cast<double>(kind.syns) / static_cast<double>(right.of), kind.longest);
  }
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
  const farm::Arguments arguments(
      words, {"--hosts", "--seed", "--loss", "--rtt", "--bursts", "--v6", "--late", "--preset", "--only",
              "--pace", "--patience", "--without", "--show"});
  const std::string show = arguments.text("--show", "");
  Pace pace = pace_of(arguments);
  std::vector<Question> questions;
  if (arguments.has("--without")) {
    questions = inquiry_without(arguments.text("--without", ""));
    pace.host.questions = questions;
  }
  if (show == "questions") {
    std::cout << questions_json(pace.host.questions) << '\n';
    return 0;
  }
  const auto spec = farm::generate(recipe_of(arguments));
  const auto is_shown = [&](const farm::HostModel& host) { return to_string(host.spec().address) == show; };
  Result result;
  result.right.assign(spec.hosts.size(), '0');
  std::unordered_map<farm::Ip, std::size_t, farm::IpHash> place;
  for (const auto& host : spec.hosts) place.emplace(host.address, place.size());
  std::map<std::string, Kind> kinds;
  Observer observer;
  std::vector<std::string> ended;
  observer.on_host = [&](const Surveyed& host) {
    if (show == "last") ended.push_back(line_of(host));
    const bool right = result.tally.judge(host);
    result.right[place.at(host.host.spec().address)] = right ? '1' : '0';
    result.host_seconds += host.seconds;
    Kind& kind = kinds[host.host.spec().label];
    kind.tally.judge(host);
    kind.syns += host.host.counters().syns;
    kind.longest = std::max(kind.longest, host.seconds);
    if (is_shown(host.host) || (!right && show == "wrong")) show_verdict(host);
  };
  observer.on_probe = [&](const Probed& probed) {
    if (is_shown(probed.host)) show_probe(probed);
  };
  result.totals = survey(spec, pace, observer);
  if (show == "json") {
    std::cout << result_json(result) << '\n';
    return 0;
  }
  if (show == "kinds") show_kinds(kinds);
  show_last(std::move(ended));
  std::printf("%s; %.1f SYNs a host, %.1f s\n", to_string(result.tally).c_str(),
              static_cast<double>(result.totals.syns) / static_cast<double>(spec.hosts.size()),
              result.totals.seconds);
  return 0;
}

}  // namespace

int main(int argc, char** argv) try {
  return run({argv + 1, argv + argc});
} catch (const std::exception& error) {
  std::cerr << "edgesurvey_virtual: " << error.what() << '\n' << usage;
  return 2;
}
