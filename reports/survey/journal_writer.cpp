#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "reports/files/anonymous_file.hpp"
#include "reports/json/json_writer.hpp"
#include "reports/survey/host_json.hpp"
#include "reports/survey/journal.hpp"
#include "reports/survey/policy_json.hpp"
#include "reports/survey/run_json.hpp"

namespace edgesurvey {
namespace {

constexpr mode_t owner_only = 0600;

FileDescriptor create(const std::string& path) {
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, owner_only));
  if (!file) throw write_error(path, errno);
  return file;
}

// The row as a target's record has it: a block's members are not listed, they follow from the block.
TargetRow row_of(const Target& target, const TargetOutcome& outcome) {
  TargetRow row;
  row.name = target.text;
  row.source = target.origin.source;
  row.line = target.origin.line;
  row.tags = target.tags;
  if (target.name() != nullptr) row.addresses = outcome.addresses;
  row.skipped = outcome.skipped;
  row.detail = outcome.detail;
  return row;
}

}  // namespace

JournalWriter::JournalWriter(const std::string& path, const RunFacts& run, const Policy* policy)
    : JournalWriter(create(path), path, run, policy) {}

JournalWriter JournalWriter::temporary(const RunFacts& run, const Policy* policy) {
  AnonymousFile made = make_anonymous_file();
  return {std::move(made.file), std::move(made.path), run, policy};
}

JournalWriter::JournalWriter(FileDescriptor file, std::string path, const RunFacts& run, const Policy* policy)
    : file_(std::move(file)), path_(std::move(path)) {
  JsonWriter json(line_);
  json.begin_object();
  json.key("journal");
  json.text(schema_name);
  json.key("tool");
  write_tool(json, run);
  json.key("run");
  write_run(json, run);
  if (policy != nullptr) {
    json.key("policy");
    write_policy(json, *policy);
  }
  json.end_object();
  write_line();
}

void JournalWriter::target(const Target& target, const TargetOutcome& outcome) {
  JsonWriter json(line_);
  json.begin_object();
  json.key("index");
  json.number(outcome.index);
  json.key("target");
  write_target(json, row_of(target, outcome));
  json.end_object();
  write_line();
  ++targets_;
}

void JournalWriter::host(const HostReport& host) {
  line_ += "{\"host\":";
  append_host_json(line_, host);
  line_ += '}';
  write_line();
  ++hosts_;
}

void JournalWriter::finish(const RunFacts& run) {
  JsonWriter json(line_);
  json.begin_object();
  json.key("end");
  json.begin_object();
  json.key("targets");
  json.number(targets_);
  json.key("hosts");
  json.number(hosts_);
  json.key("tool");
  write_tool(json, run);
  json.key("run");
  write_run(json, run);
  json.end_object();
  json.end_object();
  write_line();
}

void JournalWriter::write_line() {
  line_ += '\n';
  std::size_t done = 0;
  while (done < line_.size()) {
    const auto written = ::write(file_.get(), line_.data() + done, line_.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int error_number = errno;
      // A torn line in the middle would make the whole journal unreadable. Nothing can be done if this fails.
      [[maybe_unused]] const int ignored = ::ftruncate(file_.get(), static_cast<off_t>(written_));
      line_.clear();
      throw write_error(path_, error_number);
    }
    done += static_cast<std::size_t>(written);
  }
  written_ += line_.size();
  line_.clear();
}

}  // namespace edgesurvey
