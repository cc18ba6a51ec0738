#include "cli/survey/progress_display.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace edgesurvey {
namespace {

// A terminal is redrawn often; a log gets a line now and then.
constexpr std::chrono::milliseconds redraw_every{200};
constexpr std::chrono::milliseconds log_every{10'000};

}  // namespace

ProgressDisplay::ProgressDisplay(boost::asio::io_context& context, StatusLine& status,
                                 std::function<Progress()> progress)
    : status_(status),
      progress_(std::move(progress)),
      redrawing_(context, status.on_terminal() ? redraw_every : log_every, [this] { show(); }) {
  show();
}

void ProgressDisplay::show() {
  const Progress progress = progress_();
  if (status_.on_terminal())
    status_.draw(progress_line(progress, status_.width()));
  else if (progress.elapsed >= log_every)
    log_info(progress_line(progress, std::string::npos));
}

}  // namespace edgesurvey
