// The JSON Schemas of what is written, as they ship with the program: draft 2020-12.
#pragma once

#include <string_view>

namespace edgesurvey {

// The text of schema/edgesurvey-1.schema.json.
std::string_view result_schema();
// The text of schema/edgesurvey-diff-1.schema.json.
std::string_view diff_schema();

}  // namespace edgesurvey
