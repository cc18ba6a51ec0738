// Where results go: the destinations of -o, checked before anything is probed and written at the end.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "reports/format.hpp"
#include "reports/survey_source.hpp"
#include "reports/table.hpp"

namespace edgesurvey {

// Whether a file could be made there, as far as can be told beforehand; says on stderr why it could not.
bool can_write(const std::string& path);
// What is for people: on stdout, or on stderr where stdout carries a result. False, after saying so, when it
// could not be written.
bool show(bool stdout_taken, const std::function<void(std::ostream&, const TableOptions&)>& write);

class Outputs {
 public:
  // nullopt after saying on stderr which path is wrong and why.
  static std::optional<Outputs> parse(const OutputOptions& options);

  // Whether every file could be made, as far as can be told beforehand; says on stderr which could not.
  bool writable() const;
  // Every report, and the summary for people: on stdout, or on stderr where stdout carries a report. False
  // when something could not be written; the rest still is, and stderr says what is missing.
  bool write(const SurveySource& survey) const;

  // Something for people, as write() shows the summary: nothing if quiet and there are results.
  bool show(const std::function<void(std::ostream&, const TableOptions&)>& write) const;

  // The first regular file to be made; empty when all goes to stdout.
  std::string first_file() const;

 private:
  std::vector<Destination> destinations_;
  bool quiet_ = false;
};

}  // namespace edgesurvey
