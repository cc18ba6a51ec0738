// The JSON Schema of results, as it ships with the program.
#pragma once

#include <string_view>

namespace edgesurvey {

// JSON Schema draft 2020-12: the text of schema/edgesurvey-1.schema.json.
std::string_view result_schema();

}  // namespace edgesurvey
