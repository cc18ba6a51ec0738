// What a survey keeps in memory: the targets, and of each host a summary and where its record stands.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/files/record_file.hpp"
#include "reports/survey/survey_source.hpp"

namespace edgesurvey {

class SurveyIndex {
 public:
  struct Host {
    HostSummary summary;
    RecordSpan span;
  };

  // order: the target's place in the input. Of two with the same place the later added counts.
  void add_target(std::uint64_t order, TargetRow row);
  void add_host(const HostReport& host, const RecordSpan& span);
  // After the last add, before anything below. Returns an address that was added twice: an error. Hosts that
  // no target leads to (their target's record was lost with the end of a journal) become targets themselves.
  std::optional<Address> finish();

  const SurveySummary& summary() const { return summary_; }
  // Whether every target has its verdicts or the reason why not.
  bool all_accounted_for() const { return all_accounted_for_; }

  const Host* find(const Address& address) const;
  // The host's names: those of the targets that are DNS names, in input order.
  std::vector<std::string> names_of(const Host& host) const;
  void for_each_target(const std::function<void(const TargetRow&)>& use) const;
  void for_each_host(const std::function<void(const Host&)>& use) const;

 private:
  struct Target {
    std::uint64_t order = 0;
    TargetRow row;                      // addresses: as recorded; none for a block of a journal
    std::optional<AddressBlock> block;  // nullopt: a DNS name
  };
  using HostNumber = std::uint32_t;

  void keep_last_of_equal_orders();
  void add_targets_of_unlisted_hosts();
  void settle_targets();
  void link_names();
  template <typename Use>
  void for_each_host_of(const Target& target, Use use) const;
  HostNumber number_of(const Host& host) const { return static_cast<HostNumber>(&host - hosts_.data()); }
  TargetRow complete_row(const Target& target) const;

  std::vector<Target> targets_;                              // in input order
  std::vector<Host> hosts_;                                  // ascending by address
  std::vector<std::pair<HostNumber, std::uint32_t>> names_;  // host, target; ascending
  SurveySummary summary_;
  bool all_accounted_for_ = true;
};

}  // namespace edgesurvey
