// What a path given to -o asks for: a format by its ending, a file or the standard output.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

namespace edgesurvey {

// In either case of letters.
bool has_ending(std::string_view path, std::string_view ending);

// Of formats with an `ending` (".json") the one with the longest that fits: ".nmap.xml" before ".xml". Null
// if none does.
template <typename Formats>
auto format_of(const Formats& formats, std::string_view path) -> decltype(formats.data()) {
  decltype(formats.data()) best = nullptr;
  for (const auto& format : formats) {
    const bool fits = has_ending(path, format.ending);
    if (fits && (best == nullptr || format.ending.size() > best->ending.size())) best = &format;
  }
  return best;
}

// ".json (the whole result), .csv (...)": of formats with a `what`, too.
template <typename Formats>
std::string list_of_endings(const Formats& formats) {
  std::string list;
  for (const auto& format : formats) {
    if (!list.empty()) list += ", ";
    list += std::string(format.ending) + " (" + std::string(format.what) + ")";
  }
  return list;
}

// Whether the path is a hyphen and no more than this ending.
inline bool is_stdout_with(std::string_view path, std::string_view ending) {
  return path.starts_with('-') && path.size() == ending.size() + 1;
}

// To a file, whole or not at all (atomic_file.hpp), or to the standard output. Throws WriteError, and what
// write throws.
void write_output(const std::string& path, bool is_stdout, const std::function<void(std::ostream&)>& write);

}  // namespace edgesurvey
