// `edgesurvey help inquiry`: the table of questions, as it stands in the program.
#include <algorithm>
#include <iostream>
#include <string>

#include "cli/commands.hpp"
#include "cli/options/exit_status.hpp"
#include "cli/terminal/console.hpp"
#include "reports/text/terminal.hpp"
#include "scanner/inquiry/question.hpp"

namespace edgesurvey {
namespace {

constexpr std::size_t widest = 100;
constexpr std::string_view indent = "    ";

std::string in_ms(Duration duration) {
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(duration).count()) + " ms";
}

std::string manner_of(const Question& question) {
  std::string manner = std::to_string(question.tries) + (question.tries == 1 ? " attempt" : " attempts");
  if (question.tries > 1)
    manner += question.apart > Duration{} ? ", " + in_ms(question.apart) + " apart"
                                          : ", each once the last is late";
  manner += "; waits " + std::string(to_string(question.waiting));
  if (question.closing) manner += "; when nothing before it is wanted";
  return manner;
}

void print(const std::string& text, std::size_t width) {
  std::string lines = paragraph(text, width - indent.size());
  for (std::size_t at = 0; (at = lines.find('\n', at)) != std::string::npos; at += indent.size() + 1)
    lines.insert(at + 1, indent);
  std::cout << indent << lines << '\n';
}

}  // namespace

int run_inquiry_help() {
  const std::size_t width = std::clamp(terminal_width(1), std::size_t{40}, widest);
  std::cout
      << paragraph(
             "What a host is asked, in order of priority: the first question that wants a port now has it, "
             "and a host is finished when none wants any. --retries and --patience change how often and "
             "how long; -vv names the question of each probe.",
             width)
      << '\n';
  for (const Question& question : inquiry()) {
    std::cout << '\n' << question.name << '\n';
    print("decides " + std::string(question.decides), width);
    print(manner_of(question), width);
  }
  return stdout_arrived() ? exit_done : exit_not_written;
}

}  // namespace edgesurvey
