#include "reports/diff/diff_format.hpp"

#include <array>

#include "reports/diff/diff_json.hpp"
#include "reports/diff/diff_markdown.hpp"
#include "reports/diff/diff_text.hpp"
#include "reports/endings.hpp"
#include "targets/text.hpp"

namespace edgesurvey::diff {
namespace {

void write_plain_text(const SurveyDiff& diff, std::ostream& out) {
  write_text(diff, out);
}

constexpr std::array formats{
    Format{".json", "every host with what became of it", write_json},
    Format{".md", "the changes as Markdown, for a pull request", write_markdown},
    Format{".txt", "the changes as on the terminal", write_plain_text},
};
constexpr const Format& format_of_bare_stdout = formats[0];

}  // namespace

std::string known_endings() {
  return list_of_endings(formats);
}

std::optional<Destination> Destination::parse(std::string_view path, std::string* why) {
  if (path == "-") return Destination{.path = "-", .is_stdout = true, .format = &format_of_bare_stdout};
  const auto* format = format_of(formats, path);
  if (format == nullptr) {
    if (why != nullptr) *why = quoted(path) + " does not end in a known format: " + known_endings();
    return std::nullopt;
  }
  return Destination{
      .path = std::string(path), .is_stdout = is_stdout_with(path, format->ending), .format = format};
}

void write_diff(const Destination& destination, const SurveyDiff& diff) {
  write_output(destination.path, destination.is_stdout,
               [&](std::ostream& out) { destination.format->write(diff, out); });
}

}  // namespace edgesurvey::diff
