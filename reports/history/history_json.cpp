#include "reports/history/history_json.hpp"

#include <ostream>

#include "reports/json/json_lines.hpp"
#include "reports/json/json_writer.hpp"
#include "reports/survey/run_json.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey {
namespace {

void append_run(std::string& line, const RunRecord& run) {
  JsonWriter json(line);
  json.begin_object();
  json.key("started");
  json.text(to_iso8601(run.started));
  json.key("finished");
  json.text(to_iso8601(run.finished));
  json.key("seed");
  json.number(run.seed);
  json.key("pace");
  json.text(run.pace);
  json.key("vantage");
  json.text(run.vantage);
  json.key("complete");
  json.boolean(run.complete);
  json.key("targets");
  json.number(run.targets);
  json.key("skipped");
  json.number(run.skipped);
  json.key("addresses");
  json.number(run.addresses());
  json.key("verdicts");
  json.begin_object();
  for (const auto verdict : all_verdicts) write_share(json, verdict, run.count(verdict), run.share(verdict));
  json.end_object();
  json.end_object();
}

void write_stretch(JsonWriter& json, const Stretch& stretch) {
  const auto word = [&](std::string_view key, auto Sighting::*member) {
    json.key(key);
    stretch.judged ? json.text(to_string((*stretch.judged).*member)) : json.null();
  };
  json.begin_object();
  json.key("first");
  json.text(to_iso8601(stretch.first));
  json.key("last");
  json.text(to_iso8601(stretch.last));
  json.key("runs");
  json.number(stretch.runs);
  word("verdict", &Sighting::verdict);
  word("reason", &Sighting::reason);
  word("confidence", &Sighting::confidence);
  json.key("cls_open");
  json.begin_array();
  if (stretch.judged) {
    for (const auto port : stretch.judged->cls_open) json.number(port);
  }
  json.end_array();
  json.key("range");
  if (stretch.least_range > stretch.most_range) {
    json.null();
  } else {
    json.begin_object();
    json.key("least");
    json.decimal(stretch.least_range);
    json.key("most");
    json.decimal(stretch.most_range);
    json.end_object();
  }
  json.end_object();
}

void append_timeline(std::string& line, const HostTimeline& host) {
  JsonWriter json(line);
  json.begin_object();
  json.key("address");
  json.text(host.address.to_string());
  json.key("names");
  json.begin_array();
  for (const auto& name : host.names) json.text(name);
  json.end_array();
  json.key("stretches");
  json.begin_array();
  for (const auto& stretch : host.stretches) write_stretch(json, stretch);
  json.end_array();
  json.end_object();
}

void write_runs(const std::vector<RunRecord>& runs, std::ostream& out) {
  out << "{\n  \"schema\": \"edgesurvey-history/1\",\n  \"runs\": [";
  write_lines(
      out,
      [&](const auto& use) {
        for (const auto& run : runs) use(run);
      },
      append_run);
}

}  // namespace

void write_history_json(const std::vector<RunRecord>& runs, std::ostream& out) {
  write_runs(runs, out);
  out << "\n}\n";
}

void write_history_json(const std::vector<RunRecord>& runs, const std::string& host,
                        const std::vector<HostTimeline>& timelines, std::ostream& out) {
  write_runs(runs, out);
  std::string asked;
  JsonWriter(asked).text(host);
  out << ",\n  \"host\": " << asked << ",\n  \"hosts\": [";
  write_lines(
      out,
      [&](const auto& use) {
        for (const auto& each : timelines) use(each);
      },
      append_timeline);
  out << "\n}\n";
}

}  // namespace edgesurvey
