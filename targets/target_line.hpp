// The grammar of one line: target [key=value ...] [# comment]. What the target is, is another's question.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "targets/tag.hpp"
#include "targets/text/input_lines.hpp"

namespace edgesurvey {

struct TargetLine {
  std::string_view target;  // empty on a line that is blank or only a comment
  std::size_t column = 1;   // of the target
  std::vector<Tag> tags;
  std::string_view written;  // from the target to the last tag
};

// Precondition: the text is an InputLine's. On failure nullopt, and the error is filled in.
std::optional<TargetLine> parse_target_line(std::string_view text, LineError& error);

// Of TargetLine::written the target.
std::string_view first_word(std::string_view written);

}  // namespace edgesurvey
