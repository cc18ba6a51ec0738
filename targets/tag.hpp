// A word the user hangs on a target: org=Contoso. It travels to every report.
#pragma once

#include <string>
#include <string_view>

namespace edgesurvey {

struct Tag {
  std::string key;    // letters, digits, '_', '-', '.'; once a line
  std::string value;  // any text without control characters; may be empty
  friend bool operator==(const Tag&, const Tag&) = default;
};

// Whether the text may be a tag's key.
bool is_tag_key(std::string_view text);

}  // namespace edgesurvey
