#include "targets/target_list.hpp"

#include <optional>
#include <utility>

#include "targets/host_or_block.hpp"
#include "targets/target_line.hpp"
#include "targets/text/text.hpp"
#include "targets/unprobeable.hpp"

namespace edgesurvey {
namespace {

std::optional<HostOrBlock> parse_target(std::string_view word, std::string& why) {
  auto what = parse_host_or_block(word, why);
  if (!what) return std::nullopt;
  if (const auto* block = std::get_if<AddressBlock>(&*what)) {
    if (const auto reason = why_unprobeable(*block)) {
      why = quoted(word) + " " + *reason;
      return std::nullopt;
    }
  }
  return what;
}

std::optional<LineError> find_bad_argument_byte(std::string_view text) {
  if (text.size() > max_line_bytes) return LineError{max_line_bytes + 1, "the argument is too long"};
  if (auto bad = find_bad_byte(text)) return bad;
  const std::size_t space = text.find_first_of(" \t");
  if (space == std::string_view::npos) return std::nullopt;
  return LineError{space + 1, "an argument is one target without spaces; tags and comments belong in a file"};
}

}  // namespace

void TargetParser::parse_text(const TextPieces& pieces, std::string_view source) {
  InputLines lines(pieces, source, list_.errors);
  while (const auto line = lines.next()) {
    LineError error;
    const auto parsed = parse_target_line(line->text, error);
    if (!parsed) {
      lines.report(*line, std::move(error));
      continue;
    }
    if (parsed->target.empty()) continue;
    std::string why;
    const auto what = parse_target(parsed->target, why);
    if (!what) {
      lines.report(*line, {parsed->column, std::move(why)});
      continue;
    }
    list_.targets.add(lines.origin(*line, parsed->column), parsed->written, *what);
  }
}

void TargetParser::parse_argument(std::string_view text, std::size_t number) {
  if (auto bad = find_bad_argument_byte(text)) {
    list_.errors.push_back({{"argument", number, bad->column}, std::move(bad->message)});
    return;
  }
  std::string why;
  const Origin origin{"argument", number, 1};
  const auto what = parse_target(text, why);
  if (!what) {
    list_.errors.push_back({origin, std::move(why)});
    return;
  }
  list_.targets.add(origin, text, *what);
}

}  // namespace edgesurvey
