#include "policy/host_selector.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "targets/scope_list.hpp"
#include "targets/text/input_lines.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

constexpr std::array<std::string_view, 3> select_by_names{"name", "block", "tag"};

// A name, a wildcard or a block, as in a scope file.
std::optional<ScopeList> parse_entry(std::string_view text, std::string& why) {
  ScopeList list;
  list.parse_entry(text, {});
  if (list.errors.empty()) return list;
  why = std::move(list.errors.front().message);
  return std::nullopt;
}

}  // namespace

std::string_view to_string(SelectBy by) {
  return select_by_names.at(static_cast<std::size_t>(by));
}

bool HostSelector::add(std::string_view text, std::string& why) {
  const bool added = by_ == SelectBy::name    ? add_name(text, why)
                     : by_ == SelectBy::block ? add_block(text, why)
                                              : add_tag(text, why);
  if (added) texts_.emplace_back(text);
  return added;
}

bool HostSelector::add_name(std::string_view text, std::string& why) {
  const auto entry = parse_entry(text, why);
  if (!entry) return false;
  if (!entry->blocks.empty()) {
    why = quoted(text) + " is no name: write it after block =";
    return false;
  }
  for (const auto& name : entry->names) names_.insert(name);
  for (const auto& domain : entry->domains) names_.insert_under(domain);
  return true;
}

bool HostSelector::add_block(std::string_view text, std::string& why) {
  const auto entry = parse_entry(text, why);
  if (!entry) return false;
  if (entry->blocks.empty()) {
    why = quoted(text) + " is no address, block or range: write it after name =";
    return false;
  }
  blocks_.insert(blocks_.end(), entry->blocks.begin(), entry->blocks.end());
  return true;
}

bool HostSelector::add_tag(std::string_view text, std::string& why) {
  const auto equals = text.find('=');
  const auto key = text.substr(0, equals);
  if (equals == std::string_view::npos || !is_tag_key(key)) {
    why = quoted(text) + " is no tag: write key=value as in the target list";
    return false;
  }
  if (const auto bad = find_bad_byte(text)) {
    why = quoted(text) + " has " + bad->message;
    return false;
  }
  tags_.push_back({.key = std::string(key), .value = std::string(text.substr(equals + 1))});
  return true;
}

bool HostSelector::matches(const Subject& subject) const {
  switch (by_) {
    case SelectBy::name:
      return std::any_of(subject.names.begin(), subject.names.end(),
                         [this](const HostName& name) { return names_.contains(name); });
    case SelectBy::block:
      return std::any_of(blocks_.begin(), blocks_.end(),
                         [&](const AddressBlock& block) { return block.contains(subject.address); });
    case SelectBy::tag:
      break;
  }
  return std::any_of(tags_.begin(), tags_.end(), [&](const Tag& tag) {
    return std::find(subject.tags.begin(), subject.tags.end(), tag) != subject.tags.end();
  });
}

}  // namespace edgesurvey
