// The progress of a survey before people's eyes: drawn over and over on a terminal, elsewhere a line of the
// log now and then.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>

#include "cli/survey/ticker.hpp"
#include "cli/terminal/console.hpp"
#include "cli/terminal/progress.hpp"

namespace edgesurvey {

class ProgressDisplay {
 public:
  // Shows what progress says, now and again and again. All referred to must outlive this; the context does
  // not run out of work before stop().
  ProgressDisplay(boost::asio::io_context& context, StatusLine& status, std::function<Progress()> progress);

  void stop() { redrawing_.stop(); }

 private:
  void show();

  StatusLine& status_;
  const std::function<Progress()> progress_;
  Ticker redrawing_;
};

}  // namespace edgesurvey
