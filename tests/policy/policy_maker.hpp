// Policies and hosts in few words.
#pragma once

#include <string>
#include <vector>

#include "policy/decide.hpp"
#include "policy/policy_file.hpp"
#include "support/catch.hpp"

namespace edgesurvey::testing {

// The day that policies are read on here.
inline constexpr Day today{std::chrono::year{2026} / 1 / 31};

// Of "policy.toml", which must be right.
inline Policy policy_of(std::string_view toml) {
  auto file = parse_policy(toml, "policy.toml", today);
  for (const auto& error : file.errors) FAIL_CHECK(error.to_string());
  return std::move(file.policy);
}

// What is said of it, a line each.
inline std::vector<std::string> mistakes_of(std::string_view toml) {
  std::vector<std::string> lines;
  for (const auto& error : parse_policy(toml, "policy.toml", today).errors)
    lines.push_back(error.to_string());
  return lines;
}

inline Subject subject(std::string_view address, std::vector<std::string> names = {},
                       std::vector<Tag> tags = {}) {
  Subject made{.address = Address::parse(address).value(), .names = {}, .tags = std::move(tags)};
  for (const auto& name : names) made.names.push_back(HostName::parse(name).value());
  return made;
}

}  // namespace edgesurvey::testing
