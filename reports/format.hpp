// Which format a path asks for, by its ending. A new format is a function and a line in format.cpp.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

#include "reports/survey_source.hpp"

namespace edgesurvey {

struct Format {
  std::string_view ending;  // ".json"
  std::string_view what;    // for --help: "the whole result"
  void (*write)(const SurveySource& survey, std::ostream& out);
};

// A value of -o. "-" is JSON on the standard output, "-.csv" another format there.
struct Destination {
  std::string path;
  bool is_stdout = false;
  const Format* format = nullptr;  // never null once parsed

  // On failure nullopt, and *why names the endings there are.
  static std::optional<Destination> parse(std::string_view path, std::string* why = nullptr);
};

// ".json (the whole result), .csv (...)": for --help and errors.
std::string known_endings();

inline void write_report(const Format& format, const SurveySource& survey, std::ostream& out) {
  format.write(survey, out);
}

// To its file, whole or not at all (atomic_file.hpp), or to the standard output; what write writes. Throws
// WriteError, and whatever write throws.
void write_to(const Destination& destination, const std::function<void(std::ostream&)>& write);

// A survey in the destination's format. Throws WriteError, ReadError.
void write_report(const Destination& destination, const SurveySource& survey);

}  // namespace edgesurvey
