#include "cli/survey/dry_run.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "cli/options/exit_status.hpp"
#include "cli/survey/estimate.hpp"
#include "cli/survey/literal_hosts.hpp"
#include "cli/survey/same_names.hpp"
#include "cli/survey/target_feed.hpp"
#include "cli/terminal/console.hpp"
#include "cli/terminal/progress.hpp"
#include "scanner/plan.hpp"
#include "targets/saturating.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

std::string tags_of(const Target& target) {
  std::string text;
  for (const auto& tag : target.tags) text += "  " + tag.key + '=' + tag.value;
  return text;
}

void show_target(const Target& target, const TargetOutcome& outcome) {
  std::cout << "  " << with_a_label(target.text);
  if (const AddressBlock* block = target.block(); block != nullptr && !block->is_single())
    std::cout << "  (" << format_count(block->size()) << " addresses)";
  for (const auto& address : outcome.addresses) std::cout << "  " << address.to_string();
  if (outcome.skipped) std::cout << "  skipped: " << to_string(*outcome.skipped);
  if (!outcome.detail.empty()) std::cout << "  (" << printable(outcome.detail) << ')';
  std::cout << printable(tags_of(target)) << '\n';
}

// Shows targets in their order, in whichever order they are told.
class InOrder {
 public:
  explicit InOrder(const TargetStore& targets) : targets_(targets) {}

  void told(const TargetOutcome& outcome) {
    waiting_.emplace(outcome.index, outcome);
    for (auto first = waiting_.begin(); first != waiting_.end() && first->first == shown_; ++shown_) {
      show_target(targets_[shown_], first->second);
      first = waiting_.erase(first);
    }
  }

 private:
  const TargetStore& targets_;
  std::map<std::uint64_t, TargetOutcome> waiting_;
  std::uint64_t shown_ = 0;
};

// With DNS: exactly the hosts a scan would probe. Returns how many.
std::uint64_t show_resolved(const ScanOptions& options, const Inputs& inputs) {
  boost::asio::io_context context;
  InOrder shown(inputs.targets);
  TargetFeed feed(context, inputs.targets, inputs.scope, options.dns,
                  [&](const Target&, const TargetOutcome& outcome) { shown.told(outcome); });
  feed.start([] {});
  context.run();
  return feed.expected_hosts();
}

// Without DNS: a name counts as one host, on however many lines it is.
std::uint64_t show_unresolved(const ScanOptions& options, const Inputs& inputs) {
  const LiteralHosts literal(inputs.targets, inputs.scope, options.dns.families);
  std::vector<bool> probed(inputs.targets.size());
  for (std::size_t index = 0; index < inputs.targets.size(); ++index) {
    const Target target = inputs.targets[index];
    TargetOutcome outcome;
    if (const HostName* name = target.name()) outcome.skipped = inputs.scope.refuse_name(*name);
    if (const AddressBlock* block = target.block()) outcome = literal.outcome_of(0, *block);
    probed[index] = !outcome.skipped;
    show_target(target, outcome);
  }
  const SameNames names(inputs.targets);
  const auto hosts = std::count_if(names.firsts().begin(), names.firsts().end(),
                                   [&](std::uint32_t target) { return probed[target]; });
  return saturating_add(literal.size(), static_cast<std::uint64_t>(hosts));
}

void show_ports(const ProbePlan& plan, Role role, const char* what) {
  PortSet ports;
  for (const auto& planned : plan.ports())
    if (planned.role == role) ports.insert(planned.port);
  std::cout << "  " << what << ports.to_string() << '\n';
}

std::string per_second(double rate) {
  if (rate <= 0) return "unpaced";
  std::ostringstream text;
  text << rate;
  return (rate < 1000 ? text.str() : format_count(static_cast<std::uint64_t>(rate))) + "/s";
}

}  // namespace

int run_dry(const ScanOptions& options, const Inputs& inputs) {
  const ProbePlan plan(options.sample, options.seed);
  std::cout << "Targets:\n";
  const std::uint64_t hosts =
      options.resolve ? show_resolved(options, inputs) : show_unresolved(options, inputs);
  std::cout << "\nPorts (seed " << options.seed << "):\n";
  show_ports(plan, Role::service, "services  ");
  show_ports(plan, Role::cls, "CLS       ");
  show_ports(plan, Role::control, "controls  ");
  show_ports(plan, Role::sample, "sample    ");
  const Duration estimate = estimate_survey(hosts, plan, options.pace, options.timeout);
  std::cout << '\n'
            << format_count(hosts) << (hosts == 1 ? " host" : " hosts")
            << (options.resolve ? "" : " (a name counted as one)") << ", " << plan.size()
            << " ports each at most: " << format_count(planned_probes(hosts, plan))
            << " probes, retries and searches not counted.\nAt " << per_second(options.pace.rate)
            << " in all and " << per_second(options.pace.host_rate) << " to one host: about "
            << format_duration(estimate) << ".\nNothing was probed.\n";
  return stdout_arrived() ? exit_done : exit_not_written;
}

}  // namespace edgesurvey
