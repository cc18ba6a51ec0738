#include <ostream>
#include <sstream>

#include "reports/format.hpp"
#include "reports/remediation/remediation.hpp"
#include "reports/small_policy.hpp"
#include "reports/small_survey.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

// A survey that counts how often the record of a host is read.
class CountingSource final : public SurveySource {
 public:
  CountingSource() : survey_(small_survey()) {}

  const RunFacts& run() const override { return survey_->run(); }
  const SurveySummary& summary() const override { return survey_->summary(); }
  void for_each_target(const std::function<void(const TargetRow&)>& use) const override {
    survey_->for_each_target(use);
  }
  void for_each_host(const std::function<void(const HostReport&)>& use) const override {
    survey_->for_each_host([&](const HostReport& host) {
      ++reads_;
      use(host);
    });
  }
  std::optional<HostReport> host(const Address& address) const override {
    ++reads_;
    return survey_->host(address);
  }
  const HostSummary* summary_of(const Address& address) const override {
    return survey_->summary_of(address);
  }
  void for_each_summary(const std::function<void(const HostSummary&)>& use) const override {
    survey_->for_each_summary(use);
  }
  std::vector<std::string> names_of(const Address& address) const override {
    return survey_->names_of(address);
  }
  const Policy* recorded_policy() const override { return survey_->recorded_policy(); }

  std::uint64_t reads() const { return reads_; }

 private:
  std::unique_ptr<SurveySource> survey_;
  mutable std::uint64_t reads_ = 0;
};

std::uint64_t reads_for(const char* path) {
  const CountingSource survey;
  std::ostringstream out;
  const ReportInput input(survey, small_policy());
  parse_destination(report_formats(), path)->format->write(input, out);
  return survey.reads();
}

}  // namespace

TEST_CASE(
    "A report reads the record of a host once at most where one is enough, and none for a row of facts") {
  const auto hosts = small_survey()->summary().addresses();
  for (const char* whole : {"-.html", "-.json", "-.ndjson"}) {
    INFO(whole);
    CHECK(reads_for(whole) == hosts);
  }
  for (const char* brief : {"-.txt", "-.md", "-.csv"}) {
    INFO(brief);
    CHECK(reads_for(brief) == 0);
  }
  CHECK(reads_for("-.sarif") == 3);  // its findings
}

TEST_CASE("A remediation reads no record of a host") {
  const CountingSource survey;
  CHECK(remediation_of(survey, "", "").exposed.size() == 2);
  CHECK(survey.reads() == 0);
}

TEST_CASE("The summaries come in the order of the hosts, with their names") {
  const auto survey = small_survey();
  std::vector<std::string> read;
  std::vector<std::string> summed_up;
  const auto append = [](std::vector<std::string>& to, const Address& address,
                         const std::vector<std::string>& names) {
    to.push_back(address.to_string());
    to.insert(to.end(), names.begin(), names.end());
  };
  survey->for_each_host([&](const HostReport& host) { append(read, host.evidence.address, host.names); });
  survey->for_each_summary(
      [&](const HostSummary& host) { append(summed_up, host.address, survey->names_of(host.address)); });
  CHECK(summed_up == read);
  CHECK(survey->names_of(address("203.0.113.99")).empty());
}
