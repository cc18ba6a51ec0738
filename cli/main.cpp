// edgesurvey: argv -> Options -> command -> exit status.
#include <csignal>

#include "cli/commands.hpp"
#include "cli/options/exit_status.hpp"
#include "cli/options/options.hpp"
#include "cli/terminal/standard_descriptors.hpp"

int main(int argc, char** argv) {
  if (!edgesurvey::occupy_standard_descriptors()) return edgesurvey::exit_incomplete;
  std::signal(SIGPIPE, SIG_IGN);  // `| head` may leave: the other results are still to be written
  return edgesurvey::run(edgesurvey::parse_options(argc, argv));
}
