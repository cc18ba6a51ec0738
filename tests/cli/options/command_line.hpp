// parse_options() with the words of a test.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cli/captured_output.hpp"
#include "cli/options/options.hpp"
#include "support/catch.hpp"

namespace edgesurvey::testing {

using Words = std::vector<std::string>;

struct Parsed {
  Options options;
  std::string out;
  std::string err;

  // -1 when there is something to be done.
  int status() const {
    const auto* leave = std::get_if<LeaveWith>(&options);
    return leave == nullptr ? -1 : leave->status;
  }
};

inline Parsed parse_words(const Words& words) {
  std::vector<const char*> argv{"edgesurvey"};
  for (const auto& word : words) argv.push_back(word.c_str());
  const CapturedOutput captured;
  Options options = parse_options(static_cast<int>(argv.size()), argv.data());
  return {std::move(options), captured.out(), captured.err()};
}

// Of "edgesurvey scan ...", which must be right.
inline ScanOptions scan_of(Words words) {
  words.insert(words.begin(), "scan");
  const Parsed parsed = parse_words(words);
  INFO(parsed.err);
  REQUIRE(std::holds_alternative<ScanOptions>(parsed.options));
  return std::get<ScanOptions>(parsed.options);
}

// What is said about words that must be refused, with exit status 2 and nothing on stdout.
inline std::string refusal_of(const Words& words) {
  const Parsed parsed = parse_words(words);
  CHECK(parsed.status() == 2);
  CHECK(parsed.out.empty());
  return parsed.err;
}

}  // namespace edgesurvey::testing
