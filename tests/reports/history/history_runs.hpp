// Runs of one small survey, a week apart: what a history is made of in tests.
#pragma once

#include <string>
#include <vector>

#include "reports/small_survey.hpp"
#include "reports/survey/journal.hpp"

namespace edgesurvey::testing {

struct Week {
  int number = 0;  // of 2026; also the seed
  int exposed = 0;
  int closed = 0;
  bool complete = true;
  std::string vantage = "jump-box";
};

// The first so many addresses of 192.0.2.0/24 are exposed, the next closed; each has a name of its own.
inline JournalSource survey_of_week(const Week& week) {
  auto run = small_run();
  run.started = at("2026-01-03T09:30:00.000Z") + std::chrono::days(7 * week.number);
  run.finished = run.started + std::chrono::minutes(15);
  run.seed = static_cast<std::uint64_t>(week.number);
  run.complete = week.complete;
  run.vantage = week.vantage;
  auto journal = JournalWriter::temporary(run);
  for (int i = 0; i < week.exposed + week.closed; ++i) {
    const auto number = static_cast<std::uint64_t>(i);
    const std::string text = "192.0.2." + std::to_string(i);
    journal.target(named_target("edge" + std::to_string(i) + ".example", number + 1),
                   resolved(number, {address(text)}));
    journal.host(i < week.exposed ? exposed_host(text) : quiet_host(text));
  }
  journal.finish(run);
  return JournalSource(journal);
}

// A year that went well, with an incomplete run and one from elsewhere.
inline std::vector<Week> some_weeks() {
  return {{.number = 0, .exposed = 9, .closed = 21},
          {.number = 2, .exposed = 9, .closed = 21},
          {.number = 4, .exposed = 7, .closed = 20, .complete = false},
          {.number = 8, .exposed = 4, .closed = 26},
          {.number = 12, .exposed = 0, .closed = 30, .vantage = "<b>\x1b[31mhome\xE2\x80\xAE"}};
}

}  // namespace edgesurvey::testing
