#include "reports/diff/snapshot.hpp"

#include <algorithm>
#include <utility>

#include "reports/survey/host_summary.hpp"
#include "targets/address_block.hpp"
#include "targets/host_name.hpp"

namespace edgesurvey::diff {
namespace {

std::string key_of(std::string_view name) {
  const auto parsed = HostName::parse(name);
  return parsed ? parsed->ascii() : std::string(name);
}

std::size_t planned_samples(const Evidence& evidence) {
  return static_cast<std::size_t>(
      std::count_if(evidence.ports.begin(), evidence.ports.end(),
                    [](const PortEvidence& port) { return port.role == Role::sample; }));
}

// A block that was judged leads to its own members: there is nothing to keep.
bool is_kept(const TargetRow& row) {
  return row.skipped || !AddressBlock::parse(row.name);
}

// Lines of one name become one: it led wherever any of them did, and was skipped only if all were.
void merge_equal_keys(std::vector<TargetSnapshot>& targets) {
  std::stable_sort(targets.begin(), targets.end(),
                   [](const TargetSnapshot& a, const TargetSnapshot& b) { return a.key < b.key; });
  std::vector<TargetSnapshot> merged;
  for (auto& target : targets) {
    if (merged.empty() || merged.back().key != target.key) {
      merged.push_back(std::move(target));
      continue;
    }
    auto& first = merged.back();
    first.addresses.insert(first.addresses.end(), target.addresses.begin(), target.addresses.end());
    if (!target.skipped) first.skipped.reset();
  }
  targets = std::move(merged);
}

}  // namespace

const Snapshot* SurveySnapshot::host(const Address& address) const {
  const auto at = std::lower_bound(hosts.begin(), hosts.end(), address,
                                   [](const Snapshot& host, const Address& a) { return host.address < a; });
  return at != hosts.end() && at->address == address ? &*at : nullptr;
}

const TargetSnapshot* SurveySnapshot::target(std::string_view name) const {
  const std::string key = key_of(name);
  const auto at =
      std::lower_bound(named_targets.begin(), named_targets.end(), key,
                       [](const TargetSnapshot& target, const std::string& k) { return target.key < k; });
  return at != named_targets.end() && at->key == key ? &*at : nullptr;
}

Snapshot snapshot_of(const HostReport& host) {
  return {.address = host.evidence.address,
          .verdict = host.judgement.verdict,
          .reason = host.judgement.reason,
          .confidence = host.judgement.confidence,
          .cls_open = open_cls_ports(host),
          .range = host.judgement.range,
          .scanned_at = host.scanned_at,
          .names = host.names};
}

SurveySnapshot snapshot_of(const SurveySource& survey) {
  SurveySnapshot all{.run = survey.run()};
  survey.for_each_target([&](const TargetRow& row) {
    ++all.targets;
    if (is_kept(row)) {
      all.named_targets.push_back(
          {.key = key_of(row.name), .addresses = row.addresses, .skipped = row.skipped});
    }
  });
  merge_equal_keys(all.named_targets);
  all.hosts.reserve(survey.summary().addresses());
  survey.for_each_host([&](const HostReport& host) {
    all.sample = std::max(all.sample, planned_samples(host.evidence));
    all.hosts.push_back(snapshot_of(host));
  });
  std::sort(all.hosts.begin(), all.hosts.end(),
            [](const Snapshot& a, const Snapshot& b) { return a.address < b.address; });
  return all;
}

}  // namespace edgesurvey::diff
