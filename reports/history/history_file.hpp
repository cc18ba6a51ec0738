// Every run of a survey, in one SQLite file that any number of processes may read and write at once.
//
// The rollback journal, not WAL: between transactions a history is one file, which can be copied and may lie
// on a network file system. A writer takes its lock before it reads (BEGIN IMMEDIATE), so that two of them
// wait for each other and never fail half-way.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/history/sqlite.hpp"
#include "reports/history/timeline.hpp"

namespace edgesurvey {

// Adds a run in one transaction; false if the history has it already. The file is made if it is not there.
// Throws ReadError for a file that is not ours, which stays as it is, and WriteError.
bool add_to_history(const std::string& path, const SurveySource& survey);

// A history as it is at one moment. Throws ReadError, always with the file's name: for a file that is not
// there or not ours, and wherever it holds what no survey could have written.
class HistoryReader {
 public:
  // An empty file is a history without runs.
  explicit HistoryReader(const std::string& path);

  // By their start, the oldest first.
  const std::vector<RunRecord>& runs() const { return runs_; }
  // Of an address, as a user writes one, or of every address that the name has led to, while it did.
  std::vector<Sighting> sightings_of(const std::string& address_or_name) const;

 private:
  void read_runs();

  std::string path_;
  std::optional<Database> database_;  // none for an empty file
  std::optional<Transaction> moment_;
  std::vector<RunRecord> runs_;
  std::vector<std::int64_t> ids_;  // of the runs, in the file
};

// The runs there are so far; none if there is no file yet. Throws as HistoryReader.
std::vector<RunRecord> runs_so_far(const std::string& path);

}  // namespace edgesurvey
