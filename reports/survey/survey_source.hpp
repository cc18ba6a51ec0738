// A survey as every report reads it: the run, the summary, the targets and the hosts, one at a time.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "reports/survey/host_summary.hpp"
#include "scanner/survey/survey.hpp"

namespace edgesurvey {

// A line of the target list, and what became of it.
struct TargetRow {
  std::string name;      // the name, address or block as written
  std::string source;    // the file that named it ("edges.txt", "<stdin>"), or "argument"
  std::size_t line = 0;  // in that file, from 1; of an argument, its number
  std::vector<Tag> tags;
  std::vector<Address> addresses;     // of a name, what was to be probed; of a block, the members that were
  std::optional<Verdict> verdict;     // the worst of its addresses'; none if none was judged
  std::optional<SkipReason> skipped;  // set if none was judged
  std::string detail;                 // for people: what DNS said, which addresses were refused
};

struct Policy;

// Reading may throw ReadError at any time: hosts are read from the file as they are asked for.
class SurveySource {
 public:
  SurveySource() = default;
  SurveySource(const SurveySource&) = delete;
  SurveySource& operator=(const SurveySource&) = delete;
  virtual ~SurveySource() = default;

  // run().complete also means here: every target was accounted for, and every probe.
  virtual const RunFacts& run() const = 0;
  virtual const SurveySummary& summary() const = 0;

  // In input order.
  virtual void for_each_target(const std::function<void(const TargetRow&)>& use) const = 0;
  // Each once, in the order of the first target that leads to it; a block's members ascending.
  virtual void for_each_host(const std::function<void(const HostReport&)>& use) const = 0;
  // One host, its names filled in; nullopt for an address that was not judged.
  virtual std::optional<HostReport> host(const Address& address) const = 0;
  // In short, from memory; null for an address that was not judged. Lives as long as the survey.
  virtual const HostSummary* summary_of(const Address& address) const = 0;

  // As for_each_host, without reading a record: for whatever needs no more of a host than HostSummary has.
  // names_of has the names.
  virtual void for_each_summary(const std::function<void(const HostSummary&)>& use) const = 0;
  // Those of HostReport::names; empty for an address that was not judged.
  virtual std::vector<std::string> names_of(const Address& address) const = 0;

  // What the run was judged by; null where it had no policy.
  virtual const Policy* recorded_policy() const = 0;
};

}  // namespace edgesurvey
