// The tags of every target that leads to an address, together. A HostReport does not carry them; some 24
// bytes a tagged host and target are kept for it, and each distinct set of tags once.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "reports/survey/survey_source.hpp"

namespace edgesurvey {

class HostTags {
 public:
  // Reads the targets once.
  explicit HostTags(const SurveySource& survey);

  // In input order; those of a target that is there twice may be, too.
  std::vector<Tag> of(const Address& address) const;

 private:
  using SetNumber = std::uint32_t;
  std::vector<std::vector<Tag>> sets_;
  std::vector<std::pair<Address, SetNumber>> by_address_;  // ascending by address, then in input order
};

}  // namespace edgesurvey
