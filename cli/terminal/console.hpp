// The terminal, as far as we talk to people on it: stderr for all that is not a result.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace edgesurvey {

// Columns of the terminal behind fd; 80 where there is none.
std::size_t terminal_width(int fd);
bool is_terminal(int fd);
// A terminal that has not been asked to do without (no-color.org).
bool wants_colour(int fd);

// Whether all that std::cout was given has arrived; says on stderr if not.
bool stdout_arrived();

// The line at the bottom that is drawn over and over. On anything but a terminal it is never drawn.
class StatusLine {
 public:
  explicit StatusLine(bool enabled);
  ~StatusLine() { clear(); }
  StatusLine(const StatusLine&) = delete;
  StatusLine& operator=(const StatusLine&) = delete;

  bool on_terminal() const { return on_terminal_; }
  std::size_t width() const;
  void draw(const std::string& text);
  void clear();

 private:
  bool on_terminal_;
  bool drawn_ = false;
};

// Sends spdlog's default logger to stderr, as "edgesurvey: ..." lines that do not run into the status line.
void set_up_logging(bool quiet, bool verbose, const std::shared_ptr<StatusLine>& status);

// One diagnostic, by spdlog's default logger. Apart from its header: fmt costs each source that formats with
// it seconds to compile. The text is shown as it is, so untrusted parts must be printable() already.
void log_error(const std::string& text);
void log_warning(const std::string& text);
void log_info(const std::string& text);
void log_debug(const std::string& text);

}  // namespace edgesurvey
