// What follows a subcommand: "--name value" pairs, at most one bare word, and a command after "--".
#pragma once

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/lab/farm/generate.hpp"

namespace edgesurvey::farm {

class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Arguments {
 public:
  // Throws UsageError, as all below: an option not in `known`, or one without its value.
  Arguments(const std::vector<std::string>& words, const std::vector<std::string>& known);

  bool has(const std::string& name) const { return options_.contains(name); }
  std::string text(const std::string& name, const std::string& otherwise) const;
  double number(const std::string& name, double otherwise) const;  // not negative
  double share(const std::string& name, double otherwise) const;   // 0 to 1
  std::uint64_t whole(const std::string& name, std::uint64_t otherwise) const;
  // Which of these it is, by its place; the first where it is not given.
  std::size_t choice(const std::string& name, const std::vector<std::string>& among) const;
  Span span(const std::string& name, Span otherwise) const;      // "5-400", or "5" for 5-5
  std::vector<std::string> list(const std::string& name) const;  // "a,b"; empty where it was not given

  std::string bare;
  std::vector<std::string> command;

 private:
  std::map<std::string, std::string> options_;
};

}  // namespace edgesurvey::farm
