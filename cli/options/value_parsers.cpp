#include "cli/options/value_parsers.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

struct Unit {
  std::string_view name;
  double seconds;
};

constexpr std::array units{Unit{"ms", 1e-3}, Unit{"s", 1}, Unit{"m", 60}, Unit{"", 1}};
constexpr double shortest_seconds = 1e-3;
constexpr double longest_seconds = 600;

// Below one in a hundred seconds a survey would never end.
constexpr double slowest_rate = 0.01;
constexpr double fastest_rate = 1e7;

struct Pace {
  std::string_view name;
  double rate;
  double host_rate;
};

constexpr std::array paces{Pace{"polite", 50, 1}, Pace{"normal", 500, 4}, Pace{"fast", 10000, 100}};

[[noreturn]] void refuse(const std::string& option, const std::string& text, const std::string& wanted) {
  throw CLI::ValidationError(option, "'" + printable(text) + "' is not " + wanted);
}

}  // namespace

Duration parse_duration(const std::string& option, const std::string& text) {
  const std::string wanted = "a duration: write a number with ms, s or m, as in 1.5s (1ms to 10m)";
  double number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) refuse(option, text, wanted);
  const std::string_view suffix(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  for (const auto& unit : units) {
    if (suffix != unit.name) continue;
    const double seconds = number * unit.seconds;
    if (!(seconds >= shortest_seconds) || seconds > longest_seconds) break;
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
  }
  refuse(option, text, wanted);
}

std::uint64_t parse_whole(const std::string& option, const std::string& text, std::uint64_t least,
                          std::uint64_t most) {
  std::uint64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || rest != text.data() + text.size() || number < least || number > most)
    refuse(option, text, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return number;
}

double parse_rate(const std::string& option, const std::string& text) {
  double number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && rest == text.data() + text.size();
  const bool in_range = number == 0 || (number >= slowest_rate && number <= fastest_rate);
  if (!whole || !in_range)
    refuse(option, text, "a rate: write SYNs a second, 0.01 to 10000000, or 0 for unpaced");
  return number;
}

std::size_t parse_sample(const std::string& text) {
  if (text == "all") return whole_range;
  std::size_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || rest != text.data() + text.size() || number == 0 || number > whole_range)
    refuse("--sample", text, "a number of ports from 1 to " + std::to_string(whole_range) + ", or all");
  return number;
}

std::vector<NameServer> parse_resolvers(const std::vector<std::string>& texts) {
  std::vector<NameServer> servers;
  for (const auto& text : texts) {
    std::string why;
    const auto server = NameServer::parse(text, &why);
    if (!server) throw CLI::ValidationError("--resolver", why);
    servers.push_back(*server);
  }
  return servers;
}

std::vector<Verdict> parse_verdicts(const std::vector<std::string>& texts) {
  std::vector<Verdict> verdicts;
  for (const auto& text : texts) {
    for (const auto& word : CLI::detail::split(text, ',')) {
      const auto verdict = parse_verdict(word);
      if (!verdict)
        refuse("--fail-on", word,
               "a verdict: write cls-exposed, media-range-open, inconclusive or closed, with commas between");
      if (std::find(verdicts.begin(), verdicts.end(), *verdict) == verdicts.end())
        verdicts.push_back(*verdict);
    }
  }
  return verdicts;
}

bool parse_schema_name(const std::string& text) {
  if (text == "result" || text == "diff") return text == "diff";
  refuse("SCHEMA", text, "a schema: write result or diff");
}

PaceOptions parse_pace(const std::string& text) {
  for (const auto& pace : paces)
    if (text == pace.name) return {text, pace.rate, pace.host_rate};
  refuse("--pace", text, "a pace: write polite, normal or fast");
}

}  // namespace edgesurvey
