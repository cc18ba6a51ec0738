#include "reports/formats/writers.hpp"

#include <ostream>

#include "reports/json/json_lines.hpp"
#include "reports/survey/host_json.hpp"
#include "reports/survey/policy_json.hpp"
#include "reports/survey/run_json.hpp"

namespace edgesurvey {

void write_json(const ReportInput& input, std::ostream& out) {
  const auto& survey = input.survey;
  const auto& run = survey.run();
  out << "{\n  \"schema\": \"" << schema_name << "\""
      << ",\n  \"tool\": " << json_of([&](JsonWriter& json) { write_tool(json, run); })
      << ",\n  \"run\": " << json_of([&](JsonWriter& json) { write_run(json, run); })
      << ",\n  \"summary\": " << json_of([&](JsonWriter& json) { write_summary(json, survey.summary()); })
      << ",\n  \"targets\": [";
  write_lines(
      out, [&](const auto& use) { survey.for_each_target(use); },
      [](std::string& line, const TargetRow& target) {
        JsonWriter json(line);
        write_target(json, target);
      });
  if (const auto* policy = input.policy.get()) {
    out << ",\n  \"policy\": ";
    write_judged_policy(survey, *policy, out);
  }
  out << ",\n  \"hosts\": [";
  write_lines(
      out, [&](const auto& use) { survey.for_each_host(use); },
      [](std::string& line, const HostReport& host) { append_host_json(line, host); });
  out << "\n}\n";
}

void write_ndjson(const ReportInput& input, std::ostream& out) {
  const auto* const policy = input.policy.get();
  std::string line;
  input.survey.for_each_host([&](const HostReport& host) {
    line.clear();
    append_host_json(line, host, [&](JsonWriter& json) {
      if (policy != nullptr) write_decision(json, policy->of(host.evidence.address));
    });
    line += '\n';
    out << line;
  });
}

}  // namespace edgesurvey
