// What the page must know of all hosts before it shows the first: their order, the worst verdicts first, and
// their count by organisation. One pass over the summaries of the hosts, without reading a record; 17 bytes a
// host are kept.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "reports/html/host_labels.hpp"
#include "reports/survey/survey_source.hpp"

namespace edgesurvey::html {

struct Organisation {
  std::string name;  // raw
  std::uint64_t addresses = 0;
  std::uint64_t exposed = 0;
  std::uint64_t range_open = 0;
};

class Overview {
 public:
  Overview(const SurveySource& survey, const HostLabels& labels);

  // By verdict, the worst first; within one in the survey's order. Reads every host once.
  void for_each_host(const SurveySource& survey, const std::function<void(const HostReport&)>& use) const;

  // The most exposed addresses first, then the most with an open range, then by name.
  const std::vector<Organisation>& organisations() const { return organisations_; }
  // How many have an exposed address.
  std::uint64_t exposed_organisations() const;

 private:
  std::array<std::vector<Address>, all_verdicts.size()> addresses_;
  std::vector<Organisation> organisations_;
};

}  // namespace edgesurvey::html
