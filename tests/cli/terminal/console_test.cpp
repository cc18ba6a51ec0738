#include "cli/terminal/console.hpp"

#include <fcntl.h>
#include <pty.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <string>

#include "cli/captured_output.hpp"
#include "support/catch.hpp"
#include "system/file_descriptor.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

class Terminal {
 public:
  explicit Terminal(unsigned short columns) {
    winsize size{};
    size.ws_col = columns;
    int master = -1;
    int slave = -1;
    REQUIRE(::openpty(&master, &slave, nullptr, nullptr, &size) == 0);
    master_ = FileDescriptor(master);
    slave_ = FileDescriptor(slave);
  }
  int fd() const { return slave_.get(); }

 private:
  FileDescriptor master_;
  FileDescriptor slave_;
};

class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    const char* before = std::getenv(name);
    if (before != nullptr) before_ = before;
    value == nullptr ? ::unsetenv(name) : ::setenv(name, value, 1);
  }
  ~Environment() { before_ ? ::setenv(name_, before_->c_str(), 1) : ::unsetenv(name_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

}  // namespace

TEST_CASE("a terminal's width is its own, and 80 where there is no terminal or it does not say") {
  CHECK(terminal_width(Terminal(132).fd()) == 132);
  CHECK(terminal_width(Terminal(0).fd()) == 80);
  const FileDescriptor null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  CHECK(terminal_width(null.get()) == 80);
  CHECK_FALSE(is_terminal(null.get()));
}

TEST_CASE("colour is for terminals that were not asked to do without") {
  const Terminal terminal(80);
  const FileDescriptor null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  const Environment term("TERM", "xterm");
  {
    const Environment unset("NO_COLOR", nullptr);
    CHECK(wants_colour(terminal.fd()));
    CHECK_FALSE(wants_colour(null.get()));
    const Environment dumb("TERM", "dumb");
    CHECK_FALSE(wants_colour(terminal.fd()));
  }
  const Environment empty("NO_COLOR", "");
  CHECK(wants_colour(terminal.fd()));
  const Environment set("NO_COLOR", "1");
  CHECK_FALSE(wants_colour(terminal.fd()));
}

TEST_CASE("a disabled status line draws nothing") {
  const CapturedOutput captured;
  StatusLine line(false);
  line.draw("half way");
  line.clear();
  CHECK_FALSE(line.on_terminal());
  CHECK(captured.err().empty());
}

TEST_CASE("quiet lets errors through alone, verbose everything, and all of it goes to stderr") {
  const auto said = [](bool quiet, bool verbose) {
    const CapturedOutput captured;
    set_up_logging(quiet, verbose, nullptr);
    spdlog::error("e");
    spdlog::warn("w");
    spdlog::info("i");
    spdlog::debug("d");
    CHECK(captured.out().empty());
    return captured.err();
  };
  CHECK(said(true, false) == "edgesurvey: e\n");
  CHECK(said(false, false) == "edgesurvey: e\nedgesurvey: w\nedgesurvey: i\n");
  CHECK(said(false, true) == "edgesurvey: e\nedgesurvey: w\nedgesurvey: i\nedgesurvey: d\n");
}
