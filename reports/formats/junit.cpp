#include "reports/formats/writers.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "reports/formats/junit_case.hpp"
#include "reports/formats/target_lines.hpp"
#include "reports/formats/xml_stream.hpp"
#include "reports/survey/host_summary.hpp"
#include "reports/text/policy_text.hpp"
#include "reports/text/port_list.hpp"
#include "reports/text/timestamp.hpp"

namespace edgesurvey {
namespace {

constexpr std::string_view suite_name = "edgesurvey";

// Both suite elements carry the counts, before the first case.
struct Counts {
  std::uint64_t tests = 0;
  std::array<std::uint64_t, 4> results{};

  std::uint64_t of(CaseResult result) const { return results[static_cast<std::size_t>(result)]; }
};

Counts count_cases(const SurveySource& survey, const JudgedPolicy& policy) {
  Counts counts;
  for_each_junit_case(survey, policy, [&counts](const JunitCase& test) {
    ++counts.tests;
    ++counts.results[static_cast<std::size_t>(test.result)];
  });
  return counts;
}

std::string seconds_of(const RunFacts& run) {
  const auto elapsed = std::max<std::int64_t>((run.finished - run.started).count(), 0);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%lld.%03lld", static_cast<long long>(elapsed / 1000),
                static_cast<long long>(elapsed % 1000));
  return text.data();
}

// ISO 8601 without fraction and zone, in UTC: the form all three readers know.
std::string timestamp_of(const RunFacts& run) {
  return to_iso8601(run.started).substr(0, std::string_view("2015-03-02T09:30:00").size());
}

pugi::xml_node add_suite(pugi::xml_document& document, const char* element, const Counts& counts,
                         const RunFacts& run) {
  auto suite = document.append_child(element);
  set_attribute(suite, "name", suite_name);
  set_attribute(suite, "tests", counts.tests);
  set_attribute(suite, "failures", counts.of(CaseResult::failure));
  set_attribute(suite, "errors", counts.of(CaseResult::error));
  set_attribute(suite, "time", seconds_of(run));
  return suite;
}

void add_property(pugi::xml_node properties, std::string_view name, std::string_view value) {
  auto property = properties.append_child("property");
  set_attribute(property, "name", name);
  set_attribute(property, "value", value);
}

void write_properties(XmlStream& xml, const RunFacts& run, const Policy& policy) {
  pugi::xml_document document;
  auto properties = document.append_child("properties");
  add_property(properties, "version", run.tool_version);
  add_property(properties, "seed", std::to_string(run.seed));
  add_property(properties, "pace", run.pace);
  add_property(properties, "complete", run.complete ? "true" : "false");
  if (!policy.source.empty()) add_property(properties, "policy", policy.source);
  xml.write(properties);
}

std::string message_of(const JunitCase& test, const Policy& policy) {
  if (test.host == nullptr) {
    const std::string code = "not probed: " + std::string(test.type);
    return test.target.detail.empty() ? code : code + ": " + test.target.detail;
  }
  const auto& judgement = test.host->judgement;
  const auto reason = test.result == CaseResult::passed ? "" : why(policy, *test.decision);
  return std::string(to_string(judgement.verdict)) + (reason.empty() ? "" : ", " + reason) + ": " +
         judgement.explanation;
}

std::string line(std::string_view label, std::string_view untrusted) {
  return std::string(label) + ": " + xml_text(untrusted) + "\n";
}

// What an engineer asks next, a line each. Escaped, apart from its line ends.
std::string evidence_text(const JunitCase& test) {
  std::string text;
  for (const auto& tag : test.target.tags) text += line(xml_text(tag.key), tag.value);
  if (test.host == nullptr) return text;
  const auto& judgement = test.host->judgement;
  std::string reasons;
  for (const auto reason : judgement.reasons) {
    reasons += (reasons.empty() ? "" : ", ") + std::string(to_string(reason));
  }
  text += line("reasons", reasons);
  text += line("confidence", to_string(judgement.confidence));
  if (const auto open = open_cls_ports(*test.host); !open.empty())
    text += line("CLS ports open", to_port_list(open));
  text += line("range", std::to_string(judgement.range.answered) + " of " +
                            std::to_string(judgement.range.sampled) + " sampled ports answered");
  text += line("scanned at", to_iso8601(test.host->scanned_at));
  return text;
}

const char* element_of(CaseResult result) {
  switch (result) {
    case CaseResult::failure:
      return "failure";
    case CaseResult::error:
      return "error";
    case CaseResult::skipped:
      return "skipped";
    case CaseResult::passed:
      break;
  }
  return nullptr;
}

void add_outcome(pugi::xml_node element, const JunitCase& test, const Policy& policy) {
  const char* name = element_of(test.result);
  if (name == nullptr) return;
  auto outcome = element.append_child(name);
  set_attribute(outcome, "message", message_of(test, policy));
  if (test.result == CaseResult::skipped) return;  // has neither type nor text in the common subset
  set_attribute(outcome, "type", test.type);
  outcome.text().set(evidence_text(test).c_str());
}

void write_case(XmlStream& xml, const JunitCase& test, const Policy& policy) {
  pugi::xml_document document;
  auto element = document.append_child("testcase");
  set_attribute(element, "classname", suite_name);
  set_attribute(element, "name", test.name);
  if (is_from_file(test.target.source)) {
    set_attribute(element, "file", test.target.source);
    set_attribute(element, "line", std::uint64_t{test.target.line});
  }
  add_outcome(element, test, policy);
  xml.write(element);
}

}  // namespace

void write_junit(const ReportInput& input, std::ostream& out) {
  const auto& survey = input.survey;
  const auto& run = survey.run();
  std::optional<JudgedPolicy> usual;  // what fails a run without a policy
  if (input.policy == nullptr) usual.emplace(survey, Policy{});
  const auto& policy = usual ? *usual : *input.policy;
  const auto counts = count_cases(survey, policy);
  XmlStream xml(out);
  pugi::xml_document outer;
  xml.open(add_suite(outer, "testsuites", counts, run));
  pugi::xml_document inner;
  auto suite = add_suite(inner, "testsuite", counts, run);
  set_attribute(suite, "skipped", counts.of(CaseResult::skipped));
  set_attribute(suite, "timestamp", timestamp_of(run));
  set_attribute(suite, "hostname", run.vantage);
  xml.open(suite);
  write_properties(xml, run, policy.policy());
  for_each_junit_case(survey, policy, [&](const JunitCase& test) { write_case(xml, test, policy.policy()); });
  xml.close();
  xml.close();
}

}  // namespace edgesurvey
