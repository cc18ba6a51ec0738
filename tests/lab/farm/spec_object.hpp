// Reads the fields of one JSON object of a spec, each with its type and bounds.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include "tests/lab/farm/spec_names.hpp"

namespace edgesurvey::farm {

// One JSON object being read. Remembers which fields were asked for, so that a misspelt one is an error and
// not a farm quietly other than its author thinks.
class SpecObject {
 public:
  SpecObject(const nlohmann::json& value, std::string where) : value_(value), where_(std::move(where)) {
    if (!value_.is_object()) fail("must be an object");
  }
  [[noreturn]] void fail(const std::string& what) const { throw SpecError(where_ + ": " + what); }

  const nlohmann::json* find(const std::string& key) {
    known_.insert(key);
    const auto found = value_.find(key);
    return found == value_.end() ? nullptr : &*found;
  }
  SpecObject object(const std::string& key) {
    const auto* found = find(key);
    if (!found) fail(key + " is missing");
    return {*found, where_ + "." + key};
  }
  double number(const std::string& key, double otherwise, double low, double high) {
    const auto* found = find(key);
    if (!found) return otherwise;
    if (!found->is_number() || found->get<double>() < low || found->get<double>() > high)
      fail(key + " must be a number from " + nlohmann::json(low).dump() + " to " +
           nlohmann::json(high).dump());
    return found->get<double>();
  }
  bool flag(const std::string& key, bool otherwise) {
    const auto* found = find(key);
    if (found && !found->is_boolean()) fail(key + " must be true or false");
    return found ? found->get<bool>() : otherwise;
  }
  std::string text(const std::string& key) {
    const auto* found = find(key);
    if (found && !found->is_string()) fail(key + " must be a string");
    return found ? found->get<std::string>() : std::string{};
  }
  Ports ports(const std::string& key) {
    const auto parsed = Ports::parse(text(key));
    if (!parsed) fail(key + " must be ports such as \"443,50000-59999\"");
    return *parsed;
  }
  Ip ip(const std::string& key) {
    const auto parsed = parse_ip(text(key));
    if (!parsed) fail(key + " must be an IPv4 or IPv6 address");
    return *parsed;
  }
  template <typename Value, std::size_t N>
  Value choice(const std::string& key, const Names<Value, N>& names, Value otherwise) {
    if (!find(key)) return otherwise;
    const auto wanted = text(key);
    for (const auto& [name, value] : names)
      if (name == wanted) return value;
    fail(key + " cannot be \"" + wanted + '"');
  }
  std::optional<double> seconds(const std::string& key) {
    if (!find(key)) return std::nullopt;
    return number(key, 0, 0, 1e6);
  }
  std::optional<std::uint32_t> tally(const std::string& key) {
    if (!find(key)) return std::nullopt;
    return static_cast<std::uint32_t>(number(key, 0, 0, 1e9));
  }
  void finish() const {
    for (const auto& item : value_.items())
      if (!known_.contains(item.key())) fail("no such field: " + item.key());
  }

 private:
  const nlohmann::json& value_;
  std::string where_;
  std::unordered_set<std::string> known_;
};

}  // namespace edgesurvey::farm
