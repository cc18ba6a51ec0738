// A word the user hangs on a target: org=Contoso. It travels to every report.
#pragma once

#include <string>

namespace edgesurvey {

struct Tag {
  std::string key;    // letters, digits, '_', '-', '.'; once a line
  std::string value;  // any text without control characters; may be empty
  friend bool operator==(const Tag&, const Tag&) = default;
};

}  // namespace edgesurvey
