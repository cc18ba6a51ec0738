// Which form of a diff a path asks for, by its ending, as format.hpp does for surveys.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "reports/diff/survey_diff.hpp"

namespace edgesurvey::diff {

struct Format {
  std::string_view ending;  // ".json"
  std::string_view what;    // for --help
  void (*write)(const SurveyDiff& diff, std::ostream& out);
};

// A value of -o. "-" is JSON on the standard output, "-.md" another form there.
struct Destination {
  std::string path;
  bool is_stdout = false;
  const Format* format = nullptr;  // never null once parsed

  // On failure nullopt, and *why names the endings there are.
  static std::optional<Destination> parse(std::string_view path, std::string* why = nullptr);
};

std::string known_endings();

// Throws WriteError.
void write_diff(const Destination& destination, const SurveyDiff& diff);

}  // namespace edgesurvey::diff
