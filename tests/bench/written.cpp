// What it costs to write a survey down: a result or journal is opened, then written as JSON and CSV, and the
// processor time of the two is printed apart, as JSON. Writing includes what every report does: to read each
// host from the file again.
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/processor_time.hpp"
#include "bench/program.hpp"
#include "reports/files/atomic_file.hpp"
#include "reports/formats/writers.hpp"
#include "reports/survey/open_survey.hpp"

namespace edgesurvey::bench {
namespace {

int run(int count, char** arguments) {
  if (count != 4) {
    std::cerr << "usage: edgesurvey_written RESULT OUT.json OUT.csv\n";
    return 2;
  }
  const double begun = processor_time().both();
  const auto survey = open_survey(arguments[1]);
  const double opened = processor_time().both();
  write_file_atomically(arguments[2], [&](std::ostream& out) { write_json(*survey, out); });
  write_file_atomically(arguments[3], [&](std::ostream& out) { write_csv(*survey, out); });
  const double written = processor_time().both();
  std::cout << nlohmann::json{{"opened_cpu_s", opened - begun}, {"written_cpu_s", written - opened}} << '\n';
  return 0;
}

}  // namespace
}  // namespace edgesurvey::bench

int main(int count, char** arguments) {
  return edgesurvey::bench::run_program("edgesurvey_written", edgesurvey::bench::run, count, arguments);
}
