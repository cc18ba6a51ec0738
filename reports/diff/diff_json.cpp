#include "reports/diff/diff_format.hpp"

#include <ostream>

#include "reports/diff/caveat.hpp"
#include "reports/diff/explain.hpp"
#include "reports/json/json_lines.hpp"
#include "reports/json/json_writer.hpp"
#include "reports/survey/host_json.hpp"
#include "reports/survey/run_json.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey::diff {
namespace {

void write_survey(JsonWriter& json, const SurveySnapshot& survey) {
  json.begin_object();
  json.key("tool");
  write_tool(json, survey.run);
  json.key("run");
  write_run(json, survey.run);
  json.key("targets");
  json.number(survey.targets);
  json.key("addresses");
  json.number(survey.hosts.size());
  json.key("sample");
  json.number(survey.sample);
  json.end_object();
}

void write_note(JsonWriter& json, const Note& note) {
  json.begin_object();
  json.key("code");
  json.text(to_string(note.code));
  json.key("text");
  json.text(note.text);
  if (!note.name.empty()) {
    json.key("name");
    json.text(note.name);
  }
  json.end_object();
}

void write_caveats(JsonWriter& json, const SurveyDiff& diff) {
  json.begin_array();
  for (const auto& caveat : caveats_of(diff)) {
    json.begin_object();
    json.key("code");
    json.text(to_string(caveat.code));
    json.key("text");
    json.text(caveat.text);
    json.end_object();
  }
  json.end_array();
}

void write_summary(JsonWriter& json, const SurveyDiff& diff) {
  json.begin_object();
  json.key("worse");
  json.number(diff.worse());
  json.key("changes");
  json.begin_object();
  for (const auto change : all_changes) {
    json.key(to_string(change));
    json.number(diff.count(change));
  }
  json.end_object();
  json.end_object();
}

void write_silence(JsonWriter& json, const SurveyDiff& diff) {
  if (!findings_fell_silent(diff)) return json.null();
  json.text(what_silence_fits());
}

void write_snapshot(JsonWriter& json, const Snapshot* host) {
  if (host == nullptr) return json.null();
  json.begin_object();
  json.key("address");
  json.text(host->address.to_string());
  json.key("names");
  json.begin_array();
  for (const auto& name : host->names) json.text(name);
  json.end_array();
  json.key("verdict");
  json.text(to_string(host->verdict));
  json.key("reason");
  json.text(to_string(host->reason));
  json.key("confidence");
  json.text(to_string(host->confidence));
  json.key("cls_open");
  json.begin_array();
  for (const Port port : host->cls_open) json.number(port);
  json.end_array();
  json.key("range");
  write_range(json, host->range);
  json.key("scanned_at");
  json.text(to_iso8601(host->scanned_at));
  json.end_object();
}

void write_entry(JsonWriter& json, const Entry& entry) {
  json.begin_object();
  json.key("address");
  json.text(entry.shown().address.to_string());
  json.key("change");
  json.text(to_string(entry.change));
  json.key("worse");
  json.boolean(entry.counts_as_worse);
  json.key("explanation");
  json.text(explanation(entry));
  json.key("notes");
  json.begin_array();
  for (const auto& note : entry.notes) write_note(json, note);
  json.end_array();
  json.key("old");
  write_snapshot(json, entry.before);
  json.key("new");
  write_snapshot(json, entry.now);
  json.end_object();
}

}  // namespace

void write_json(const SurveyDiff& diff, std::ostream& out) {
  out << "{\n  \"schema\": \"" << diff_schema_name << "\""
      << ",\n  \"old\": " << json_of([&](JsonWriter& json) { write_survey(json, diff.before()); })
      << ",\n  \"new\": " << json_of([&](JsonWriter& json) { write_survey(json, diff.now()); })
      << ",\n  \"caveats\": " << json_of([&](JsonWriter& json) { write_caveats(json, diff); })
      << ",\n  \"summary\": " << json_of([&](JsonWriter& json) { write_summary(json, diff); })
      << ",\n  \"silence\": " << json_of([&](JsonWriter& json) { write_silence(json, diff); })
      << ",\n  \"hosts\": [";
  write_lines(
      out,
      [&](const auto& use) {
        for (const auto& entry : diff.entries()) use(entry);
      },
      [](std::string& line, const Entry& entry) {
        JsonWriter json(line);
        write_entry(json, entry);
      });
  out << "\n}\n";
}

}  // namespace edgesurvey::diff
