// Where the user wrote a target down, for reports that lead there: which lines of which files led to an
// address.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/survey/survey_source.hpp"

namespace edgesurvey {

// Whether a file names the target: not the command line, not the standard input.
bool is_from_file(std::string_view source);

// The file as a URI reference (RFC 3986): relative as it was given, "./" and "a/../" taken out, every byte
// that a URI has no place for as %XX; an absolute path as file:///...
std::string file_uri(std::string_view source);

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
