#include "cli/terminal/console.hpp"

#include <spdlog/details/null_mutex.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <utility>

namespace edgesurvey {
namespace {

constexpr std::size_t usual_width = 80;

class StderrSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit StderrSink(std::shared_ptr<StatusLine> status) : status_(std::move(status)) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    if (status_) status_->clear();
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    std::cerr.write(line.data(), static_cast<std::streamsize>(line.size()));
  }
  void flush_() override { std::cerr.flush(); }

 private:
  std::shared_ptr<StatusLine> status_;
};

}  // namespace

std::size_t terminal_width(int fd) {
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual_width;
  return size.ws_col;
}

bool is_terminal(int fd) {
  return ::isatty(fd) == 1;
}

bool wants_colour(int fd) {
  const char* refused = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  return is_terminal(fd) && (refused == nullptr || *refused == '\0') && !dumb;
}

bool stdout_arrived() {
  std::cout.flush();
  if (!std::cout) std::cerr << "edgesurvey: could not write to the standard output\n";
  return static_cast<bool>(std::cout);
}

StatusLine::StatusLine(bool enabled) : on_terminal_(enabled && is_terminal(STDERR_FILENO)) {}

std::size_t StatusLine::width() const {
  return terminal_width(STDERR_FILENO);
}

// A column is left free: a full line would make some terminals wrap.
void StatusLine::draw(const std::string& text) {
  if (!on_terminal_) return;
  std::cerr << '\r' << text.substr(0, width() - 1) << "\x1b[K" << std::flush;
  drawn_ = true;
}

void StatusLine::clear() {
  if (std::exchange(drawn_, false)) std::cerr << "\r\x1b[K" << std::flush;
}

void set_up_logging(bool quiet, bool verbose, const std::shared_ptr<StatusLine>& status) {
  auto logger = std::make_shared<spdlog::logger>("edgesurvey", std::make_shared<StderrSink>(status));
  logger->set_pattern("%n: %v");
  logger->set_level(quiet ? spdlog::level::err : verbose ? spdlog::level::debug : spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

void log_error(const std::string& text) {
  spdlog::error(text);
}

void log_warning(const std::string& text) {
  spdlog::warn(text);
}

void log_info(const std::string& text) {
  spdlog::info(text);
}

void log_debug(const std::string& text) {
  spdlog::debug(text);
}

}  // namespace edgesurvey
