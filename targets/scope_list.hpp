// A list of blocks and names, as in a scope or an exclusion file, or after --exclude.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "targets/address_block.hpp"
#include "targets/host_name.hpp"
#include "targets/text/input_error.hpp"
#include "targets/text/input_lines.hpp"

namespace edgesurvey {

// The grammar is that of a target line, so a target file may serve as a scope; its tags are checked and
// ignored. A name stands for itself; "*.contoso.example" stands for the names under it. Any block may be
// listed.
struct ScopeList {
  std::vector<AddressBlock> blocks;
  std::vector<HostName> names;       // exact
  std::vector<HostName> domains;     // from "*.domain"
  std::optional<Origin> first_name;  // where the first of both stands
  std::vector<InputError> errors;

  // A whole file's text, at once or piece by piece. Source is the name shown in errors.
  void parse_text(std::string_view text, std::string_view source) { parse_text(whole(text), source); }
  void parse_text(const TextPieces& pieces, std::string_view source);
  // One entry alone: a word of a file, or a command-line argument.
  void parse_entry(std::string_view entry, const Origin& origin);

  // As a scope for names: what is wrong with a list that has names and not a single block. A record that
  // changes may lead a listed name to anybody, and only blocks can be held against that.
  std::optional<InputError> names_alone() const;
};

}  // namespace edgesurvey
