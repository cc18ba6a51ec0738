#include "reports/fail_on.hpp"

#include <string_view>

namespace edgesurvey {
namespace {

constexpr std::string_view option = "--fail-on";

// A word that is no verdict is not ours to complain about: the run that had it never started.
void add_listed(std::string_view list, std::vector<Verdict>& verdicts) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    if (const auto verdict = parse_verdict(list.substr(0, comma))) verdicts.push_back(*verdict);
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
}

}  // namespace

std::vector<Verdict> failing_verdicts(const RunFacts& run) {
  std::vector<Verdict> verdicts;
  for (std::size_t i = 0; i < run.arguments.size(); ++i) {
    const std::string_view argument = run.arguments[i];
    if (argument == "--") break;
    if (argument == option && i + 1 < run.arguments.size()) add_listed(run.arguments[++i], verdicts);
    if (argument.starts_with("--fail-on=")) add_listed(argument.substr(option.size() + 1), verdicts);
  }
  if (verdicts.empty()) return {Verdict::cls_exposed, Verdict::media_range_open};
  return verdicts;
}

}  // namespace edgesurvey
