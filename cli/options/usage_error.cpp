#include "cli/options/usage_error.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

// Levenshtein's distance, a row at a time.
std::size_t distance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t substituted = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, diagonal + 1, row[j] + 1});
    }
  }
  return row.back();
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const auto* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    for (const auto& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

bool is_option(std::string_view word) {
  return word.size() > 1 && word.front() == '-';
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string meant = closest(word, candidates);
  return meant.empty() ? "" : ": did you mean " + meant + "?";
}

// The command whose options the word was to be one of.
const CLI::App& context_of(const CLI::App& app) {
  const auto parsed = app.get_subcommands();
  return parsed.empty() ? app : *parsed.front();
}

// What those used to nmap may write, and what to write here.
struct ForeignOption {
  std::string_view beginning;
  std::string_view instead;
};
constexpr std::array foreign_options{
    ForeignOption{"-iL", "write -t FILE"},
    ForeignOption{"-p", "the ports are fixed, but for how many of 50000-59999 are asked (--sample)"},
    ForeignOption{"-n", "leave it out, addresses are never looked up"},
    ForeignOption{"-T", "write --pace polite, normal or fast"},
    ForeignOption{"-Pn", "leave it out, no host is pinged first"},
};

std::string hint(std::string_view word, const std::vector<std::string>& known) {
  std::string meant = suggestion(word, known);
  if (!meant.empty()) return meant;
  for (const auto& foreign : foreign_options)
    if (word.starts_with(foreign.beginning)) return ": " + std::string(foreign.instead);
  return "";
}

std::string explain_option(const CLI::App& app, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  for (const auto* command : app.get_subcommands({})) {
    const auto known = option_names(*command);
    const bool stands_before = !app.remaining().empty();
    if (stands_before && std::find(known.begin(), known.end(), name) != known.end()) {
      std::string text = "the option " + name + " comes after the command: edgesurvey ";
      text.append(command->get_name()).append(" ").append(name);
      return text;
    }
  }
  return "there is no option " + edgesurvey::quoted(name) + hint(name, option_names(context_of(app)));
}

// CLI11: "--seed: 1 required N missing", "--seed: At Most 1 required but received 2".
std::string explain_mismatch(const std::string& text) {
  const std::string option = text.substr(0, text.find(':'));
  const bool several = text.find("received") != std::string::npos;
  return option + (several ? " may be given only once" : " wants a value after it");
}

}  // namespace

std::string closest(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t too_far = 3;
  std::string best;
  std::size_t least = std::min(too_far, std::max<std::size_t>(word.size() / 2, 1));
  for (const auto& candidate : candidates) {
    const bool begun = word.size() > 2 && candidate.starts_with(word);
    const std::size_t apart = begun ? 0 : distance(word, candidate);
    if (apart >= least) continue;
    least = apart;
    best = candidate;
  }
  return best;
}

std::string explain_usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const auto unused = app.remaining(true);
  const bool no_command = app.get_subcommands().empty();
  if (!unused.empty()) {
    const std::string& word = unused.front();
    if (is_option(word)) return explain_option(app, word);
    if (no_command)
      return "there is no command " + edgesurvey::quoted(word) + suggestion(word, command_names(app));
    return edgesurvey::quoted(word) + " is one argument too many";
  }
  if (no_command) return "what is to be done? The commands: " + CLI::detail::join(command_names(app), ", ");
  const bool mismatch = dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr;
  return printable(mismatch ? explain_mismatch(error.what()) : error.what());
}

}  // namespace edgesurvey
