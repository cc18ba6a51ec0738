// The journal: a run written down as it happens, one JSON line at a time, from which every report is made.
// After a crash or on a full disk nothing that was judged is lost.
//
//   {"journal":"edgesurvey/1","tool":{...},"run":{...}}     first; with "policy" if the run has one
//   {"index":0,"target":{...}}                              what became of a target
//   {"host":{...}}                                          one judged address (host_json.hpp)
//   {"end":{"targets":3,"hosts":2,"tool":{...},"run":{...}}}  last, unless the run was cut off
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "policy/policy.hpp"
#include "reports/survey/indexed_source.hpp"
#include "scanner/survey/survey.hpp"
#include "system/file_descriptor.hpp"
#include "targets/target_list.hpp"

namespace edgesurvey {

// Every line is one write(), so a reader, or a crash, meets whole lines. Functions throw WriteError; the line
// that failed leaves no trace, earlier ones stand, and a later one may be tried (space may have been made).
class JournalWriter {
 public:
  // Makes the file, or empties it. Readable by its owner alone, as an unfinished survey should be.
  // policy: what the run is judged by, so that reports made of the journal are, too; null for none.
  JournalWriter(const std::string& path, const RunFacts& run, const Policy* policy = nullptr);
  // A journal that is gone with the process, for a run that wants no result file: in TMPDIR, without a name.
  static JournalWriter temporary(const RunFacts& run, const Policy* policy = nullptr);

  void target(const Target& target, const TargetOutcome& outcome);
  void host(const HostReport& host);
  // The run's facts as they are now that it has ended.
  void finish(const RunFacts& run);

  const std::string& path() const { return path_; }

 private:
  friend class JournalSource;
  JournalWriter(FileDescriptor file, std::string path, const RunFacts& run, const Policy* policy);
  void write_line();

  FileDescriptor file_;
  std::string path_;
  std::string line_;
  std::uint64_t written_ = 0;  // bytes of whole lines
  std::uint64_t targets_ = 0;
  std::uint64_t hosts_ = 0;
};

// Reads a journal back. A torn last line is left out; without an end line the run is not complete, and has
// finished when its last host was scanned.
class JournalSource final : public IndexedSource {
 public:
  // Throw ReadError: "run.journal:17: host.verdict: ...".
  explicit JournalSource(const std::string& path) : JournalSource(RecordFile(path)) {}
  explicit JournalSource(RecordFile file);
  // What this writer has written so far.
  explicit JournalSource(const JournalWriter& writer);

 private:
  JsonCursor host_in(const JsonCursor& record) const override { return record.member("host"); }
  void load();
  void load_line(const JsonCursor& line, const RecordSpan& span, std::size_t number);

  std::uint64_t targets_ = 0;
  std::uint64_t hosts_ = 0;
  bool ended_ = false;
};

}  // namespace edgesurvey
