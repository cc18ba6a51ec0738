#include "tests/lab/farm/arguments.hpp"

#include <algorithm>
#include <charconv>

namespace edgesurvey::farm {
namespace {

template <typename Number>
Number parse(const std::string& name, const std::string& value) {
  Number parsed{};
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
  if (error != std::errc{} || end != value.data() + value.size() || parsed < Number{})
    throw UsageError(name + " wants a number, not \"" + value + '"');
  return parsed;
}

}  // namespace

Arguments::Arguments(const std::vector<std::string>& words, const std::vector<std::string>& known) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    if (word == "--") {
      command.assign(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end());
      return;
    }
    if (word.empty() || word[0] != '-') {
      if (!bare.empty()) throw UsageError("one file too many: " + word);
      bare = word;
      continue;
    }
    if (std::find(known.begin(), known.end(), word) == known.end())
      throw UsageError("no such option: " + word);
    if (++i == words.size()) throw UsageError(word + " wants a value");
    options_[word] = words[i];
  }
}

std::string Arguments::text(const std::string& name, const std::string& otherwise) const {
  const auto found = options_.find(name);
  return found == options_.end() ? otherwise : found->second;
}

double Arguments::number(const std::string& name, double otherwise) const {
  return has(name) ? parse<double>(name, options_.at(name)) : otherwise;
}

double Arguments::share(const std::string& name, double otherwise) const {
  const double value = number(name, otherwise);
  if (value > 1) throw UsageError(name + " is a share, from 0 to 1");
  return value;
}

std::uint64_t Arguments::whole(const std::string& name, std::uint64_t otherwise) const {
  return has(name) ? parse<std::uint64_t>(name, options_.at(name)) : otherwise;
}

std::size_t Arguments::choice(const std::string& name, const std::vector<std::string>& among) const {
  const auto found = std::find(among.begin(), among.end(), text(name, among.front()));
  if (found == among.end()) throw UsageError(name + " is " + among.front() + " or " + among.back());
  return static_cast<std::size_t>(found - among.begin());
}

Span Arguments::span(const std::string& name, Span otherwise) const {
  if (!has(name)) return otherwise;
  const auto& value = options_.at(name);
  const auto dash = value.find('-');
  const double low = parse<double>(name, value.substr(0, dash));
  const Span span{low, dash == std::string::npos ? low : parse<double>(name, value.substr(dash + 1))};
  if (span.high < span.low) throw UsageError(name + " goes backwards: " + value);
  return span;
}

std::vector<std::string> Arguments::list(const std::string& name) const {
  const auto words = text(name, "");
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < words.size();) {
    const auto comma = std::min(words.find(',', at), words.size());
    parts.push_back(words.substr(at, comma - at));
    at = comma + 1;
  }
  return parts;
}

}  // namespace edgesurvey::farm
