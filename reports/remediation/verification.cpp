#include "reports/remediation/verification.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "reports/remediation/plain_text.hpp"

namespace edgesurvey::remediation {
namespace {

using Words = std::vector<std::string>;

constexpr std::size_t max_addresses = 16;  // in one command line that is still read
constexpr std::size_t max_command = 1000;  // characters, likewise

// Where the first survey put what: a second one must not write over it.
constexpr std::array<std::string_view, 3> options_that_name_a_file_to_write{"-o", "--output", "--journal"};

bool is_clustered(std::string_view word) {  // "-vo": whose value follows cannot be told here
  return word.size() > 2 && word[0] == '-' && word[1] != '-' && word[1] != 'o' && word[1] != 't';
}

bool has_value_attached(std::string_view word, std::string_view option) {  // "--output=a.json", "-oa.json"
  if (!word.starts_with(option) || word.size() == option.size()) return false;
  return !option.starts_with("--") || word[option.size()] == '=';
}

// The run's arguments without what they wrote to; nullopt where that cannot be told.
std::optional<Words> arguments_to_repeat(const Words& arguments) {
  if (arguments.empty() || arguments.front() != "scan") return std::nullopt;
  Words kept;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    const auto begin = options_that_name_a_file_to_write.begin();
    const auto end = options_that_name_a_file_to_write.end();
    if (is_clustered(word)) return std::nullopt;
    if (std::find(begin, end, word) != end)
      ++i;
    else if (std::none_of(begin, end, [&](auto option) { return has_value_attached(word, option); }))
      kept.push_back(word);
  }
  return kept;
}

bool gives_a_seed(const Words& arguments) {
  return std::any_of(arguments.begin(), arguments.end(),
                     [](const std::string& word) { return word == "--seed" || word.starts_with("--seed="); });
}

std::optional<std::string> shown(const Words& words) {
  std::string line;
  for (const auto& word : words) {
    const auto safe = shell_word(word);
    if (!safe) return std::nullopt;
    line += ' ' + *safe;
  }
  return line.size() <= max_command ? std::optional(line) : std::nullopt;
}

// What is ours stands first: "--" among the arguments would make words of it.
std::string scan_again(const RunFacts& run, const std::string& after) {
  std::string line = "edgesurvey scan -o " + after;
  const auto arguments = arguments_to_repeat(run.arguments);
  if (!arguments || !gives_a_seed(*arguments)) line += " --seed " + std::to_string(run.seed);
  const auto rest = arguments ? shown(*arguments) : std::nullopt;
  return line + rest.value_or(" ARGUMENTS_OF_THE_FIRST_SURVEY");
}

}  // namespace

std::vector<std::string> verification(const RunFacts& run, std::string_view result_path,
                                      const std::string& next_path, const std::vector<Address>& exposed) {
  std::vector<std::string> commands;
  if (exposed.size() <= max_addresses) {
    std::string quick = "edgesurvey scan --fail-on cls-exposed";
    for (const auto& address : exposed) quick += ' ' + address.to_string();
    commands.push_back(std::move(quick));
  }
  const auto before = result_path.empty() ? std::nullopt : shell_word(result_path);
  commands.push_back(scan_again(run, next_path));
  commands.push_back("edgesurvey diff " + before.value_or("THE_FIRST_RESULT") + ' ' + next_path);
  return commands;
}

}  // namespace edgesurvey::remediation
