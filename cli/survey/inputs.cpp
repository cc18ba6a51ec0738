#include "cli/survey/inputs.hpp"

#include <iostream>
#include <utility>

#include "cli/survey/input_file.hpp"
#include "cli/survey/policy_input.hpp"
#include "targets/saturating.hpp"
#include "targets/target_list.hpp"

namespace edgesurvey {
namespace {

TargetList read_targets(const ScanOptions& options) {
  TargetList list;
  TargetParser parser(list);
  for (std::size_t i = 0; i < options.targets.size(); ++i) parser.parse_argument(options.targets[i], i + 1);
  for (const auto& path : options.target_files) {
    InputFile file(path);
    parser.parse_text([&file] { return file.next_piece(); }, file.source());
  }
  return list;
}

ScopeList read_scope_files(const std::vector<std::string>& paths) {
  ScopeList list;
  for (const auto& path : paths) {
    InputFile file(path);
    list.parse_text([&file] { return file.next_piece(); }, file.source());
  }
  return list;
}

ScopeList read_exclusions(const ScanOptions& options) {
  ScopeList list = read_scope_files(options.exclude_files);
  for (std::size_t i = 0; i < options.exclude.size(); ++i)
    list.parse_entry(options.exclude[i], {"--exclude", i + 1, 1});
  return list;
}

// Of a scope that cannot be held against names, where there are any.
bool show_names_alone(const std::optional<ScopeList>& allow, const TargetStore& targets) {
  if (!allow || targets.names() == 0) return false;
  const auto error = allow->names_alone();
  return error && show_errors({*error});
}

bool too_many(const TargetStore& targets, std::uint64_t max_targets) {
  const std::uint64_t size = targets.expanded_size();
  if (size <= max_targets) return false;
  std::cerr << "edgesurvey: the targets expand to " << count_in_words(size) << " addresses, more than the "
            << max_targets << " allowed: list fewer, or raise --max-targets\n";
  return true;
}

}  // namespace

std::optional<Inputs> read_inputs(const ScanOptions& options, Day today) {
  try {
    Inputs inputs;
    TargetList targets = read_targets(options);
    std::optional<ScopeList> allow;
    if (!options.scope_files.empty()) allow = read_scope_files(options.scope_files);
    const ScopeList exclude = read_exclusions(options);
    bool wrong = show_errors(targets.errors);
    if (allow) wrong = show_errors(allow->errors) || wrong;
    wrong = show_names_alone(allow, targets.targets) || wrong;
    wrong = show_errors(exclude.errors) || wrong;
    wrong = !read_policy(options.policy, today, inputs.policy) || wrong;
    if (wrong) {
      std::cerr << "edgesurvey: nothing was probed: mend these lines first\n";
      return std::nullopt;
    }
    inputs.targets = std::move(targets.targets);
    if (inputs.targets.empty()) {
      std::cerr << "edgesurvey: no targets: the list is empty\n";
      return std::nullopt;
    }
    if (too_many(inputs.targets, options.max_targets)) return std::nullopt;
    inputs.scope = Scope(allow, exclude, options.allow_internal);
    return inputs;
  } catch (const std::runtime_error& error) {
    std::cerr << "edgesurvey: " << error.what() << '\n';
    return std::nullopt;
  }
}

}  // namespace edgesurvey
