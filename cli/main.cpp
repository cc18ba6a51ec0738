// edgesurvey: argv -> Options -> command -> exit status.
#include <csignal>

#include "cli/commands.hpp"
#include "cli/options.hpp"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // `| head` may leave: the other results are still to be written
  return edgesurvey::run(edgesurvey::parse_options(argc, argv));
}
