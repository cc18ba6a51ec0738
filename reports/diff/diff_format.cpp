#include "reports/diff/diff_format.hpp"

#include <array>

namespace edgesurvey::diff {
namespace {

void write_plain_text(const SurveyDiff& diff, std::ostream& out) {
  write_text(diff, out);
}

constexpr std::array<Format<SurveyDiff>, 3> formats{{
    {".json", "every host with what became of it", write_json},
    {".md", "the changes as Markdown, for a pull request", write_markdown},
    {".txt", "the changes as on the terminal", write_plain_text},
}};

}  // namespace

Formats<SurveyDiff> diff_formats() {
  return formats;
}

}  // namespace edgesurvey::diff
