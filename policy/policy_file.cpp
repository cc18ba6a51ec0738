#include "policy/policy_file.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "policy/toml_table.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

using Word = TomlTable::Word;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t max_toml_message = 200;
constexpr const char* expectation_name = "an [[expect]]";
constexpr const char* waiver_name = "a [[waiver]]";

std::vector<Verdict> read_verdicts(TomlTable& table, std::string_view key) {
  std::vector<Verdict> verdicts;
  for (const Word& word : table.words(key)) {
    const auto verdict = parse_verdict(word.text);
    if (!verdict) {
      table.mistake(word.where, quoted(word.text) +
                                    " is not a verdict: write cls-exposed, media-range-open, inconclusive or "
                                    "closed");
    } else if (std::find(verdicts.begin(), verdicts.end(), *verdict) == verdicts.end()) {
      verdicts.push_back(*verdict);
    }
  }
  return verdicts;
}

HostSelector read_hosts(TomlTable& table, SelectBy by) {
  HostSelector hosts(by);
  for (const Word& word : table.words(to_string(by))) {
    std::string why;
    if (!hosts.add(word.text, why)) table.mistake(word.where, std::move(why));
  }
  return hosts;
}

// Whom the entry is about. choice: "name or block", for people.
HostSelector read_selector(TomlTable& table, std::string_view what, const std::vector<SelectBy>& allowed,
                           std::string_view choice) {
  std::vector<SelectBy> given;
  std::copy_if(allowed.begin(), allowed.end(), std::back_inserter(given),
               [&](SelectBy by) { return table.has(to_string(by)); });
  if (given.empty()) {
    table.mistake(table.where(),
                  std::string(what) + " needs one of " + std::string(choice) + ": whom is it about?");
    return HostSelector(allowed.front());
  }
  for (std::size_t i = 1; i < given.size(); ++i)
    table.mistake(table.where(to_string(given[i])),
                  "one of " + std::string(choice) + " is enough: write two entries");
  return read_hosts(table, given.front());
}

// toml++ walks the parts of a dotted key by recursion, without a bound: some ten thousand overflow the stack.
// Where a key or header of more than this many parts begins; text in quotes counts as one part.
constexpr std::size_t most_key_parts = 256;

std::optional<toml::source_position> endless_key(std::string_view text) {
  toml::source_position here{1, 1};
  toml::source_position begin = here;
  std::size_t dots = 0;
  char quote = 0;
  bool escaped = false;
  for (const char c : text) {
    if (c == '\n') quote = 0;
    if (quote != 0) {
      if (c == quote && !escaped) quote = 0;
      escaped = quote == '"' && c == '\\' && !escaped;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '.') {
      if (++dots > most_key_parts) return begin;
    } else if (std::string_view("=,{}[]#\n").find(c) != std::string_view::npos) {
      dots = 0;
      begin = {here.line, here.column + 1};
    }
    ++here.column;
    if (c == '\n') begin = here = {here.line + 1, 1};
  }
  return std::nullopt;
}

bool lets_in(Verdict verdict) {
  return verdict == Verdict::cls_exposed || verdict == Verdict::media_range_open;
}

Expectation read_expectation(const toml::table& toml, TomlMistakes& mistakes) {
  TomlTable table(toml, expectation_name, mistakes);
  table.allow_only({"name", "block", "tag", "verdict", "reason"});
  Expectation expectation{
      .hosts = read_selector(table, expectation_name, {SelectBy::name, SelectBy::block, SelectBy::tag},
                             "name, block and tag"),
      .verdicts = read_verdicts(table, "verdict"),
      .reason = table.line("reason", max_reason_bytes).value_or(""),
      .line = table.where().line};
  table.require("verdict", "\"closed\", or what else is as it should be");
  const auto& verdicts = expectation.verdicts;
  if (std::any_of(verdicts.begin(), verdicts.end(), lets_in))
    table.require("reason", "\"...\": why may the outside reach these hosts?");
  return expectation;
}

void check_expiry(TomlTable& table, Day expires, Day today) {
  const auto where = table.where("expires");
  if (expires < today) {
    table.mistake(where, "the waiver expired: " + to_string(expires) +
                             " was its last day; mend the host, or decide again");
  } else if (expires - today > longest_waiver) {
    table.mistake(where, "the waiver runs for more than " + std::to_string(longest_waiver.count()) +
                             " days: write " + to_string(today + longest_waiver) + " or sooner");
  }
}

Waiver read_waiver(const toml::table& toml, TomlMistakes& mistakes, Day today) {
  TomlTable table(toml, waiver_name, mistakes);
  table.allow_only({"name", "block", "verdict", "owner", "reason", "expires"});
  Waiver waiver{
      .hosts = read_selector(table, waiver_name, {SelectBy::name, SelectBy::block}, "name and block"),
      .verdicts = read_verdicts(table, "verdict"),
      .owner = table.line("owner", max_owner_bytes).value_or(""),
      .reason = table.line("reason", max_reason_bytes).value_or(""),
      .line = table.where().line};
  table.require("verdict", "\"...\", the one that is waived");
  table.require("owner", "\"...\": who answers for it?");
  table.require("reason", "\"...\": why may it stay so?");
  table.require("expires", to_string(today + std::chrono::days{90}) + ", or another day within " +
                               std::to_string(longest_waiver.count()) + " days");
  if (const auto expires = table.date("expires")) {
    waiver.expires = *expires;
    check_expiry(table, *expires, today);
  }
  return waiver;
}

void read_policy(const toml::table& toml, TomlMistakes& mistakes, Policy& policy) {
  TomlTable root(toml, "a policy", mistakes);
  root.allow_only({"fail-on", "expect", "waiver"});
  if (root.has("fail-on")) policy.fail_on = read_verdicts(root, "fail-on");
  for (const auto* table : root.tables("expect"))
    policy.expectations.push_back(read_expectation(*table, mistakes));
  for (const auto* table : root.tables("waiver"))
    policy.waivers.push_back(read_waiver(*table, mistakes, policy.judged_on));
}

// "Error while parsing array: encountered end-of-file" becomes "array: encountered end-of-file".
std::string shown(std::string_view description) {
  constexpr std::string_view idle = "Error while parsing ";
  if (description.starts_with(idle)) description.remove_prefix(idle.size());
  return "not TOML: " + printable(description.substr(0, max_toml_message));
}

}  // namespace

PolicyFile parse_policy(std::string_view text, std::string_view source, Day today) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  PolicyFile file;
  file.policy.source = source;
  file.policy.judged_on = today;
  TomlMistakes mistakes(text, source);
  if (text.size() > max_policy_bytes) {
    mistakes.add({1, 1}, "larger than 1 MiB: no policy");
  } else if (const auto key = endless_key(text)) {
    mistakes.add(*key, "a key of more than " + std::to_string(most_key_parts) + " parts: no policy has one");
  } else {
    try {
      read_policy(toml::parse(text), mistakes, file.policy);
    } catch (const toml::parse_error& error) {
      mistakes.add(error.source().begin, shown(error.description()));
    }
  }
  file.errors = mistakes.take();
  return file;
}

}  // namespace edgesurvey
