// What SARIF calls rules: the verdicts, with help for whoever meets one in a pull request.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "reports/json/json_writer.hpp"
#include "scanner/judging/verdict.hpp"

namespace edgesurvey {

struct SarifRule {
  Verdict verdict;
  std::string_view name;      // PascalCase, as SARIF asks (3.49.7)
  std::string_view level;     // error, warning or note
  std::string_view severity;  // 0.0-10.0, by which code scanning services sort; empty: none
  std::string_view summary;
  std::string_view help;
  std::string_view help_markdown;
};

// All of them; a result names its rule by its index here.
extern const std::array<SarifRule, 4> sarif_rules;

std::size_t sarif_rule_index(Verdict verdict);

// The array of reportingDescriptor objects (SARIF 2.1.0, section 3.49).
void write_sarif_rules(JsonWriter& json);

}  // namespace edgesurvey
