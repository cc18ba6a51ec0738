// Any bytes as a result or a journal: refused with a message, or reported on in every format, and the JSON
// that is written then is read back as the same survey.
#include <sys/mman.h>
#include <unistd.h>

#include <sstream>

#include "fuzz/expect.hpp"
#include "reports/diff/diff_format.hpp"
#include "reports/files/report_error.hpp"
#include "reports/formats/writers.hpp"
#include "reports/survey/open_survey.hpp"
#include "system/file_descriptor.hpp"

namespace {

using namespace edgesurvey;
using edgesurvey::fuzz::expect;

std::string json_of(const SurveySource& survey) {
  std::ostringstream out;
  write_json(survey, out);
  return out.str();
}

std::unique_ptr<SurveySource> open_text(std::string_view text) {
  const FileDescriptor file(::memfd_create("result", MFD_CLOEXEC));
  expect(::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()),
         "memory is there");
  return open_survey("/proc/self/fd/" + std::to_string(file.get()));
}

void expect_harmless(const std::string& shown) {
  for (const char c : shown) {
    expect(c == '\n' || c == '\r' || static_cast<unsigned char>(c) >= 0x20, "no control character is shown");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const auto survey = open_text(fuzz::as_text(data, size));
    std::ostringstream shown;
    write_csv(*survey, shown);
    write_table(*survey, shown);
    write_ndjson(*survey, shown);
    const diff::SurveyDiff changes(diff::snapshot_of(*survey), diff::snapshot_of(*survey));
    write_text(changes, shown);
    expect_harmless(shown.str());
    expect(changes.count(diff::Change::same) == survey->summary().addresses(), "a survey is like itself");
    expect(survey->summary().probes().adds_up(), "probes add up");
    const std::string json = json_of(*survey);
    expect(json_of(*open_text(json)) == json, "a result written down is the same survey");
  } catch (const ReadError& error) {
    expect_harmless(error.what());
  }
  return 0;
}
