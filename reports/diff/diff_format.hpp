// A comparison written down: the forms that -o knows, and each by itself.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "reports/diff/survey_diff.hpp"
#include "reports/files/destination.hpp"
#include "reports/text/terminal.hpp"

namespace edgesurvey::diff {

Formats<SurveyDiff> diff_formats();

inline constexpr std::string_view diff_schema_name = "edgesurvey-diff/1";

// All that changed and all that did not, as JSON: schema "edgesurvey-diff/1"
// (schema/edgesurvey-diff-1.schema.json). A line a host.
void write_json(const SurveyDiff& diff, std::ostream& out);

// The changes as Markdown, for a pull request's comment; below 65,536 characters whatever the surveys' size.
void write_markdown(const SurveyDiff& diff, std::ostream& out);

// The changes for a terminal: what is worse first, a line a host, and their count.
//
// wanted.max_hosts: shown for each kind of change.
void write_text(const SurveyDiff& diff, std::ostream& out, const TableOptions& wanted = {});

// "2 newly-exposed, 1 worse, ... 240 same."
std::string count_line(const SurveyDiff& diff);
// "3 hosts are worse than before".
std::string headline(const SurveyDiff& diff);

}  // namespace edgesurvey::diff

namespace edgesurvey {

// The text of schema/edgesurvey-diff-1.schema.json, the JSON Schema (draft 2020-12) of what diff::write_json
// writes.
std::string_view diff_schema();

}  // namespace edgesurvey
