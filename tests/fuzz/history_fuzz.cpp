// Any bytes as a history: refused with a message, or its trend and its timelines told; and a run that could
// be added to it is there afterwards.
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "fuzz/expect.hpp"
#include "reports/files/report_error.hpp"
#include "reports/history/history_file.hpp"
#include "reports/history/history_json.hpp"
#include "reports/history/history_table.hpp"
#include "reports/history/run_record.hpp"
#include "reports/html/page_sections.hpp"
#include "reports/survey/journal.hpp"

namespace {

using namespace edgesurvey;
using edgesurvey::fuzz::expect;
namespace fs = std::filesystem;

// A folder for one history after the other: SQLite wants a path, and lays its journal beside it.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "edgesurvey-history-XXXXXX").string();
    expect(::mkdtemp(name.data()) != nullptr, "a folder is there");
    path_ = name;
  }
  ~Folder() { remove(); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string write(std::string_view bytes) const {
    for (const auto& old : fs::directory_iterator(path_)) fs::remove(old);
    const auto path = path_ / "h.db";
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }

 private:
  void remove() const {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  fs::path path_;
};

void expect_harmless(const std::string& shown) {
  for (const char c : shown)
    expect(c == '\n' || static_cast<unsigned char>(c) >= 0x20, "no control character is shown");
}

// Some that the corpus has, and one that nothing has.
void tell_hosts(const HistoryReader& history, std::ostream& out) {
  for (const std::string host :
       {"sip.contoso.example", "192.0.2.10", "192.0.2.9", "2001:db8::10", "\x1b[31m"}) {
    const auto timelines = timelines_of(history.runs(), history.sightings_of(host));
    write_timelines(timelines, out);
    write_history_json(history.runs(), host, timelines, out);
  }
}

void tell(const HistoryReader& history) {
  std::ostringstream out;
  write_trend_table({.runs = history.runs()}, out);
  write_history_json(history.runs(), out);
  if (!history.runs().empty()) out << html::trend_section({.runs = history.runs()});
  tell_hosts(history, out);
  expect_harmless(out.str());
}

void expect_added(const std::string& path) {
  RunFacts run;
  run.seed = 42;
  auto journal = JournalWriter::temporary(run);
  journal.finish(run);
  const JournalSource survey(journal);
  add_to_history(path, survey);
  const auto identity = record_of(survey).identity;
  const auto runs = runs_so_far(path);
  expect(std::any_of(runs.begin(), runs.end(), [&](const auto& each) { return each.identity == identity; }),
         "a run that was added is there");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Folder folder;
  const auto path = folder.write(fuzz::as_text(data, size));
  try {
    tell(HistoryReader(path));
    expect_added(path);
  } catch (const ReadError& error) {
    expect_harmless(error.what());
  } catch (const WriteError& error) {
    expect_harmless(error.what());
  }
  return 0;
}
