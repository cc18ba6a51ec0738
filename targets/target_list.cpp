#include "targets/target_list.hpp"

#include <algorithm>
#include <optional>

#include "targets/host_or_block.hpp"
#include "targets/input_lines.hpp"
#include "targets/saturating.hpp"
#include "targets/target_line.hpp"
#include "targets/text.hpp"
#include "targets/unprobeable.hpp"

namespace edgesurvey {
namespace {

// A growing list is held twice while it moves. Beyond this, lines may just as well be blank.
constexpr std::size_t most_reserved = std::size_t{1} << 20U;

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

std::size_t TargetList::names() const {
  return static_cast<std::size_t>(std::count_if(
      targets.begin(), targets.end(), [](const Target& target) { return target.name() != nullptr; }));
}

std::uint64_t TargetList::expanded_size() const {
  std::uint64_t total = 0;
  for (const Target& target : targets)
    total = saturating_add(total, target.block() != nullptr ? target.block()->size() : 1);
  return total;
}

void TargetParser::parse_text(std::string_view text, std::string_view source) {
  const auto lines_to_come = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  list_.targets.reserve(list_.targets.size() + std::min(lines_to_come, most_reserved));
  InputLines lines(text, source, list_.errors);
  while (const auto line = lines.next()) {
    LineError error;
    auto parsed = parse_target_line(line->text, error);
    if (!parsed) {
      lines.report(*line, std::move(error));
      continue;
    }
    if (parsed->target.empty()) continue;
    std::string why;
    auto what = parse_target(parsed->target, why);
    if (!what) {
      lines.report(*line, {parsed->column, std::move(why)});
      continue;
    }
    list_.targets.push_back({lines.origin(*line, parsed->column), std::string(parsed->target),
                             std::move(*what), std::move(parsed->tags)});
  }
}

void TargetParser::parse_argument(std::string_view text, std::size_t number) {
  if (auto bad = find_bad_argument_byte(text)) {
    list_.errors.push_back({{"argument", number, bad->column}, std::move(bad->message)});
    return;
  }
  std::string why;
  const Origin origin{"argument", number, 1};
  auto what = parse_target(text, why);
  if (!what) {
    list_.errors.push_back({origin, std::move(why)});
    return;
  }
  list_.targets.push_back({origin, std::string(text), std::move(*what), {}});
}

}  // namespace edgesurvey
