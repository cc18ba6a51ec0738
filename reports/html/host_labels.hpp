// What the user hung on the targets that lead to a host: its organisation (org=) and other tags. A HostReport
// does not carry them; some 24 bytes a tagged host are kept for it, and each distinct label once.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "reports/survey/survey_source.hpp"

namespace edgesurvey::html {

class HostLabels {
 public:
  struct Label {
    std::string organisation;  // raw: the value of org=; empty without one
    std::string other_tags;    // raw: "role=av site=Oslo"
    friend auto operator<=>(const Label&, const Label&) = default;
  };

  explicit HostLabels(const SurveySource& survey);

  // Of the first tagged target that leads to it; an empty label for a host without tags.
  const Label& of(const Address& address) const;

 private:
  using LabelNumber = std::uint32_t;
  std::vector<Label> labels_;                                // labels_[0] is the empty one
  std::vector<std::pair<Address, LabelNumber>> by_address_;  // ascending by address
};

}  // namespace edgesurvey::html
