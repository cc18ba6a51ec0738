// Which lines of which files led to an address.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/survey_source.hpp"

namespace edgesurvey {

class TargetLines {
 public:
  struct Line {
    const std::string& source;  // as in TargetRow; lives as long as the TargetLines
    std::uint32_t line;
  };

  // Reads the targets once, and keeps some 30 bytes an address.
  explicit TargetLines(const SurveySource& survey);

  // In input order.
  std::vector<Line> of(const Address& address) const;

 private:
  struct Entry {
    Address address;
    std::uint32_t source;
    std::uint32_t line;
  };

  std::uint32_t number_of(const std::string& source);

  std::vector<std::string> sources_;
  std::vector<Entry> entries_;  // ascending by address, then in input order
};

}  // namespace edgesurvey
