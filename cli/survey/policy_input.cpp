#include "cli/survey/policy_input.hpp"

#include <iostream>

#include "cli/survey/input_file.hpp"
#include "policy/policy_file.hpp"

namespace edgesurvey {

Day today() {
  return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

bool show_errors(const std::vector<InputError>& errors) {
  for (const auto& error : errors) std::cerr << error.to_string() << '\n';
  return !errors.empty();
}

bool read_policy(const PolicyOptions& options, Day today, std::optional<Policy>& policy) {
  if (!options.fail_on.empty()) {
    policy.emplace();
    policy->source = "--fail-on";
    policy->judged_on = today;
    policy->fail_on = options.fail_on;
  }
  if (options.file.empty()) return true;
  InputFile text(options.file);
  auto file = parse_policy(text.rest(), text.source(), today);
  policy = std::move(file.policy);
  return !show_errors(file.errors);
}

}  // namespace edgesurvey
