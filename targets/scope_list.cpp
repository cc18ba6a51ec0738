#include "targets/scope_list.hpp"

#include "targets/host_or_block.hpp"
#include "targets/target_line.hpp"

namespace edgesurvey {
namespace {

constexpr std::string_view wildcard = "*.";

}  // namespace

void ScopeList::parse_text(const TextPieces& pieces, std::string_view source) {
  InputLines lines(pieces, source, errors);
  while (const auto line = lines.next()) {
    LineError error;
    const auto parsed = parse_target_line(line->text, error);
    if (!parsed) {
      lines.report(*line, std::move(error));
    } else if (!parsed->target.empty()) {
      parse_entry(parsed->target, lines.origin(*line, parsed->column));
    }
  }
}

void ScopeList::parse_entry(std::string_view entry, const Origin& origin) {
  if (auto bad = find_bad_byte(entry)) {
    errors.push_back(
        {{origin.source, origin.line, origin.column + bad->column - 1}, std::move(bad->message)});
    return;
  }
  std::string why;
  if (entry.substr(0, wildcard.size()) == wildcard) {
    if (auto domain = HostName::parse(entry.substr(wildcard.size()), &why)) {
      if (!first_name) first_name = origin;
      domains.push_back(std::move(*domain));
    } else {
      errors.push_back({origin, std::move(why)});
    }
    return;
  }
  auto parsed = parse_host_or_block(entry, why);
  if (!parsed) {
    errors.push_back({origin, std::move(why)});
  } else if (auto* name = std::get_if<HostName>(&*parsed)) {
    if (!first_name) first_name = origin;
    names.push_back(std::move(*name));
  } else {
    blocks.push_back(std::get<AddressBlock>(*parsed));
  }
}

std::optional<InputError> ScopeList::names_alone() const {
  if (!first_name || !blocks.empty()) return std::nullopt;
  return InputError{*first_name,
                    "a scope of names alone cannot hold a DNS record that changes: list the blocks too that "
                    "these names may lead to (or 0.0.0.0/0 and ::/0, which admit whatever DNS answers)"};
}

}  // namespace edgesurvey
