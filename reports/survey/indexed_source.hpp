// What journals and results have in common once they are indexed: hosts are read from the file one by one.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "policy/policy.hpp"
#include "reports/files/record_file.hpp"
#include "reports/json/json_cursor.hpp"
#include "reports/survey/survey_index.hpp"
#include "reports/survey/survey_source.hpp"

namespace edgesurvey {

class IndexedSource : public SurveySource {
 public:
  ~IndexedSource() override;
  const RunFacts& run() const override { return run_; }
  const SurveySummary& summary() const override { return index_.summary(); }
  void for_each_target(const std::function<void(const TargetRow&)>& use) const override;
  void for_each_host(const std::function<void(const HostReport&)>& use) const override;
  std::optional<HostReport> host(const Address& address) const override;
  const HostSummary* summary_of(const Address& address) const override;
  void for_each_summary(const std::function<void(const HostSummary&)>& use) const override;
  std::vector<std::string> names_of(const Address& address) const override;
  const Policy* recorded_policy() const override { return recorded_policy_ ? &*recorded_policy_ : nullptr; }

 protected:
  explicit IndexedSource(RecordFile file);
  // The host in a record's JSON: the whole of it, or a member.
  virtual JsonCursor host_in(const JsonCursor& record) const = 0;
  // Completes the index and run().complete. Throws ReadError for an address that is there twice.
  void finish_index();

  RecordFile file_;
  RunFacts run_;
  SurveyIndex index_;
  std::optional<Policy> recorded_policy_;

 private:
  class Reader;

  std::unique_ptr<Reader> reader_;  // of single hosts; its buffers cost as much as the reading
};

}  // namespace edgesurvey
