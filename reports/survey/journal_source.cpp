#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "reports/files/line_reader.hpp"
#include "reports/survey/host_json.hpp"
#include "reports/survey/journal.hpp"
#include "reports/survey/policy_json.hpp"
#include "reports/survey/run_json.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

// Another descriptor of the same open file: pread leaves its position alone.
FileDescriptor duplicate(int fd, const std::string& path) {
  FileDescriptor copy(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
  if (!copy) throw read_error(path, errno);
  return copy;
}

}  // namespace

JournalSource::JournalSource(RecordFile file) : IndexedSource(std::move(file)) {
  load();
}

JournalSource::JournalSource(const JournalWriter& writer)
    : IndexedSource(RecordFile(duplicate(writer.file_.get(), writer.path()), writer.path())) {
  load();
}

void JournalSource::load() {
  LineReader lines(file_);
  JsonDocument document;
  std::size_t number = 0;
  while (const auto line = lines.next()) {
    ++number;
    try {
      load_line(document.parse(line->text), line->span, number);
    } catch (const ReadError& error) {
      throw ReadError(printable(file_.path()) + ":" + std::to_string(number) + ": " + error.what());
    }
  }
  if (number == 0) throw ReadError(printable(file_.path()) + ": is empty: not a journal of edgesurvey");
  run_.complete = run_.complete && ended_;
  finish_index();
}

void JournalSource::load_line(const JsonCursor& line, const RecordSpan& span, std::size_t number) {
  if (number == 1) {
    const auto schema = line.member("journal");
    if (schema.text() != schema_name) schema.fail_as("is not " + std::string(schema_name));
    run_ = read_run(line.member("tool"), line.member("run"));
    if (const auto policy = line.find("policy")) recorded_policy_ = read_policy(*policy);
  } else if (const auto host = line.find("host")) {
    const auto report = read_host_json(*host);
    index_.add_host(report, span);
    ++hosts_;
    if (!ended_) run_.finished = std::max(run_.finished, report.scanned_at);
  } else if (const auto target = line.find("target")) {
    index_.add_target(line.member("index").number(), read_target(*target));
    ++targets_;
  } else {
    const auto end = line.member("end");
    run_ = read_run(end.member("tool"), end.member("run"));
    ended_ = end.member("targets").number() == targets_ && end.member("hosts").number() == hosts_;
  }
}

}  // namespace edgesurvey
