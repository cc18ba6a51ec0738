#include "reports/formats/writers.hpp"

#include <ostream>

#include "reports/formats/sarif_result.hpp"
#include "reports/formats/sarif_rules.hpp"
#include "reports/json/json_lines.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey {
namespace {

constexpr std::string_view schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

std::string text_of(std::string_view untrusted) {
  return json_of([&](JsonWriter& json) { json.text(untrusted); });
}

std::string arguments_of(const RunFacts& run) {
  return json_of([&](JsonWriter& json) {
    json.begin_array();
    for (const auto& argument : run.arguments) json.text(argument);
    json.end_array();
  });
}

void write_tool(std::ostream& out, const RunFacts& run) {
  out << "    \"tool\": {\"driver\": {\n"
      << "      \"name\": \"edgesurvey\",\n      \"version\": " << text_of(run.tool_version)
      << ",\n      \"rules\": " << json_of(write_sarif_rules) << "\n    }},\n";
}

void write_source_root(std::ostream& out) {
  out << "    \"originalUriBaseIds\": {\"" << source_root
      << "\": {\"description\": {\"text\": \"The folder that edgesurvey was run in.\"}}},\n";
}

void write_invocation(std::ostream& out, const SurveySource& survey) {
  const auto& run = survey.run();
  out << "    \"invocations\": [{\n      \"executionSuccessful\": " << (run.complete ? "true" : "false")
      << ",\n      \"arguments\": " << arguments_of(run)
      << ",\n      \"startTimeUtc\": " << text_of(to_iso8601(run.started))
      << ",\n      \"endTimeUtc\": " << text_of(to_iso8601(run.finished))
      << ",\n      \"toolExecutionNotifications\": [";
  const auto for_each_skipped = [&survey](const auto& use) {
    survey.for_each_target([&use](const TargetRow& target) {
      if (target.skipped) use(target);
    });
  };
  write_lines(
      out, for_each_skipped,
      [](std::string& line, const TargetRow& target) {
        JsonWriter json(line);
        write_sarif_notification(json, target);
      },
      "      ");
  out << "\n    }],\n";
}

// closed is a finding where the policy expected something else, and what is expected never is one.
bool is_finding(const HostSummary& host, const JudgedPolicy* policy) {
  const bool suspicious = host.verdict != Verdict::closed;
  if (policy == nullptr) return suspicious;
  const auto& decision = policy->of(host.address);
  if (decision.outcome == Outcome::kept) return suspicious && decision.expectation == nullptr;
  return true;
}

void write_results(std::ostream& out, const ReportInput& input) {
  const auto& survey = input.survey;
  const TargetLines lines(survey);
  const auto* policy = input.policy.get();
  out << "    \"results\": [";
  const auto for_each_finding = [&](const auto& use) {
    survey.for_each_summary([&](const HostSummary& host) {
      if (is_finding(host, policy)) use(*survey.host(host.address));
    });
  };
  write_lines(
      out, for_each_finding,
      [&](std::string& line, const HostReport& host) {
        JsonWriter json(line);
        write_sarif_result(json, host, lines.of(host.evidence.address), policy);
      },
      "    ");
}

}  // namespace

void write_sarif(const ReportInput& input, std::ostream& out) {
  out << "{\n  \"$schema\": \"" << schema << "\",\n  \"version\": \"2.1.0\",\n  \"runs\": [{\n";
  write_tool(out, input.survey.run());
  write_source_root(out);
  write_invocation(out, input.survey);
  write_results(out, input);
  out << "\n  }]\n}\n";
}

}  // namespace edgesurvey
