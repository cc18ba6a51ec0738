#include "reports/open_survey.hpp"

#include "reports/journal.hpp"
#include "reports/json_source.hpp"

namespace edgesurvey {

std::unique_ptr<SurveySource> open_survey(const std::string& path) {
  constexpr std::string_view journal_start = "{\"journal\":";
  std::string start;
  RecordFile(path).read_up_to(0, journal_start.size(), start);
  if (start == journal_start) return std::make_unique<JournalSource>(path);
  return std::make_unique<JsonSource>(path);
}

}  // namespace edgesurvey
