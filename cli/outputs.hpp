// Where results go: the destinations of -o, checked before anything is probed and written at the end.
#pragma once

#include <algorithm>
#include <functional>
#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

#include "cli/options/exit_status.hpp"
#include "cli/options/options.hpp"
#include "reports/files/destination.hpp"
#include "reports/formats/writers.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {

// Whether a file could be made there, as far as can be told beforehand; says on stderr why it could not.
bool can_write(const std::string& path);
// Whether this is a place for a file that lasts: none is there yet, or a regular one.
bool takes_regular_file(const std::string& path);
// Says on stderr that the file was written, or why it, or stdout, could not be.
bool write_and_tell(const std::string& path, bool is_stdout, const std::function<void()>& write);
// What is for people: on stdout, or on stderr where stdout carries a result. False, after saying so, when it
// could not be written.
bool show_people(bool stdout_taken, const std::function<void(std::ostream&, const TableOptions&)>& write);

// What is made in all the forms that a command's -o asks for.
template <typename Made>
class Outputs {
 public:
  // Throws UsageError, which says which path is wrong and why.
  Outputs(const OutputOptions& options, Formats<Made> formats) : quiet_(options.quiet) {
    for (const auto& path : options.paths) {
      std::string why;
      auto destination = parse_destination(formats, path, &why);
      if (!destination) throw UsageError("-o " + printable(path) + ": " + why);
      destinations_.push_back(std::move(*destination));
    }
  }

  // Whether every file could be made, as far as can be told beforehand; says on stderr which could not.
  bool writable() const {
    bool all = true;
    for (const auto& to : destinations_) all = (to.is_stdout || can_write(to.path)) && all;
    return all;
  }
  // In every form. False when something could not be written; the rest still is, and stderr says what is
  // missing.
  bool write(const Made& made) const {
    bool written = true;
    for (const auto& to : destinations_)
      written = write_and_tell(to.path, to.is_stdout, [&] { write_to(to, made); }) && written;
    return written;
  }
  // Something for people, as show_people() does: nothing if quiet and there are results.
  bool show(const std::function<void(std::ostream&, const TableOptions&)>& write) const {
    if (quiet_ && !destinations_.empty()) return true;
    const auto is_stdout = [](const auto& to) { return to.is_stdout; };
    return show_people(std::any_of(destinations_.begin(), destinations_.end(), is_stdout), write);
  }
  // The first regular file to be made; empty when all goes to stdout.
  std::string first_file() const {
    for (const auto& to : destinations_)
      if (!to.is_stdout && takes_regular_file(to.path)) return to.path;
    return {};
  }

 private:
  std::vector<Destination<Made>> destinations_;
  bool quiet_ = false;
};

}  // namespace edgesurvey
