#include "reports/survey/open_survey.hpp"

#include <unistd.h>

#include <string_view>
#include <utility>

#include "reports/files/destination.hpp"
#include "reports/files/report_error.hpp"
#include "reports/files/spooled_input.hpp"
#include "reports/survey/journal.hpp"
#include "reports/survey/json_source.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

RecordFile open_file(const std::string& path) {
  if (is_standard_input(path)) return spooled(STDIN_FILENO, "<stdin>");
  return RecordFile(path);
}

}  // namespace

bool is_standard_input(std::string_view path) {
  return path == "-" || path == "/dev/stdin";
}

std::unique_ptr<SurveySource> open_survey(const std::string& path) {
  constexpr std::string_view journal_start = "{\"journal\":";
  RecordFile file = open_file(path);
  std::string start;
  file.read_up_to(0, journal_start.size(), start);
  if (start == journal_start) return std::make_unique<JournalSource>(std::move(file));
  if (has_ending(path, ".ndjson") || has_ending(path, ".jsonl"))
    throw ReadError("could not read " + quoted(path) +
                    ": it has the hosts alone; make reports from the .json or the journal");
  return std::make_unique<JsonSource>(std::move(file));
}

}  // namespace edgesurvey
