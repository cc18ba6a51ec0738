// Where results go: the destinations of -o, checked before anything is probed and written at the end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "reports/format.hpp"
#include "reports/survey_source.hpp"

namespace edgesurvey {

class Outputs {
 public:
  // nullopt after saying on stderr which path is wrong and why.
  static std::optional<Outputs> parse(const OutputOptions& options);

  // Whether every file could be made, as far as can be told beforehand; says on stderr which could not.
  bool writable() const;
  // Every report, and the summary for people: on stdout, or on stderr where stdout carries a report. False
  // when something could not be written; the rest still is, and stderr says what is missing.
  bool write(const SurveySource& survey) const;

  // The first regular file to be made; empty when all goes to stdout.
  std::string first_file() const;

 private:
  bool write_summary(const SurveySource& survey) const;

  std::vector<Destination> destinations_;
  bool quiet_ = false;
};

}  // namespace edgesurvey
