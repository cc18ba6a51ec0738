#include "reports/history/history_format.hpp"

#include <array>

#include "reports/history/history_json.hpp"

namespace edgesurvey {
namespace {

void write_json(const HistoryView& view, std::ostream& out) {
  view.host.empty() ? write_history_json(view.runs, out)
                    : write_history_json(view.runs, view.host, view.timelines, out);
}

constexpr std::array<Format<HistoryView>, 1> formats{
    {{".json", "the runs, and the timeline of HOST", write_json}}};

}  // namespace

Formats<HistoryView> history_formats() {
  return formats;
}

}  // namespace edgesurvey
