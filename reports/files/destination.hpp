// What a path given to -o asks for: a format by its ending, a file or the standard output.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace edgesurvey {

// One form of what is made: a survey, a diff, a remediation.
template <typename Made>
struct Format {
  std::string_view ending;  // ".json"
  std::string_view what;    // for --help: "the whole result"
  void (*write)(const Made& made, std::ostream& out);
};

// Those there are of one thing; "-" alone is the first of them.
template <typename Made>
using Formats = std::span<const Format<Made>>;

// A value of -o: "-.csv" is a format on the standard output, whose path is never a file's.
template <typename Made>
struct Destination {
  std::string path;
  bool is_stdout = false;
  const Format<Made>* format = nullptr;  // never null once parsed
};

// In either case of letters.
bool has_ending(std::string_view path, std::string_view ending);

// Why a path that ends in none of these is no destination.
std::string not_an_ending(std::string_view path, const std::string& known_endings);

// To a file, whole or not at all (atomic_file.hpp), or to the standard output. Throws WriteError, and what
// write throws.
void write_output(const std::string& path, bool is_stdout, const std::function<void(std::ostream&)>& write);

// ".json (the whole result), .csv (...)": for --help and errors.
template <typename Made>
std::string known_endings(Formats<Made> formats) {
  std::string list;
  for (const auto& format : formats) {
    if (!list.empty()) list += ", ";
    list.append(format.ending).append(" (").append(format.what).append(")");
  }
  return list;
}

// The longest ending that fits counts: ".nmap.xml" before ".xml". On failure nullopt, and *why names the
// endings there are.
template <typename Made>
std::optional<Destination<Made>> parse_destination(Formats<Made> formats, std::string_view path,
                                                   std::string* why = nullptr) {
  if (path == "-") return Destination<Made>{"-", true, &formats.front()};
  const Format<Made>* best = nullptr;
  for (const auto& format : formats) {
    const bool fits = has_ending(path, format.ending);
    if (fits && (best == nullptr || format.ending.size() > best->ending.size())) best = &format;
  }
  if (best == nullptr) {
    if (why != nullptr) *why = not_an_ending(path, known_endings(formats));
    return std::nullopt;
  }
  const bool is_stdout = path.starts_with('-') && path.size() == best->ending.size() + 1;
  return Destination<Made>{std::string(path), is_stdout, best};
}

// Throws as write_output does.
template <typename Made>
void write_to(const Destination<Made>& to, const Made& made) {
  write_output(to.path, to.is_stdout, [&](std::ostream& out) { to.format->write(made, out); });
}

}  // namespace edgesurvey
