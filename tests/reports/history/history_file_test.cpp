#include "reports/history/history_file.hpp"

#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

#include "reports/big_survey.hpp"
#include "reports/files/report_error.hpp"
#include "reports/formats/writers.hpp"
#include "reports/history/history_runs.hpp"
#include "reports/history/schema.hpp"
#include "reports/survey/open_survey.hpp"
#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;
using Catch::Matchers::Contains;

namespace {

// As somebody with sqlite3(1) could.
void tamper(const std::string& path, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  INFO(sql);
  CHECK(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

std::string history_of(const TemporaryFolder& folder, const std::vector<Week>& weeks) {
  for (const auto& week : weeks) add_to_history(folder / "h.db", survey_of_week(week));
  return folder / "h.db";
}

// Whatever is read of a history, as a caller would; the complaint, or nothing.
std::string complaint_about(const std::string& path) {
  try {
    const HistoryReader history(path);
    for (const auto* host : {"192.0.2.0", "edge1.example"}) {
      timelines_of(history.runs(), history.sightings_of(host));
    }
  } catch (const ReadError& error) {
    return error.what();
  }
  return {};
}

// In a process of its own; its exit status.
int in_child(const std::function<void()>& act) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    try {
      act();
    } catch (...) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("A history gives back the runs that were added, the oldest first, whenever they were added") {
  const TemporaryFolder folder;
  const auto path = history_of(folder, {{.number = 5, .exposed = 2, .closed = 3, .complete = false},
                                        {.number = 1, .exposed = 4, .closed = 1, .vantage = "elsewhere"}});
  const HistoryReader history(path);
  REQUIRE(history.runs().size() == 2);
  const auto& first = history.runs().front();
  CHECK(first.started == at("2026-01-10T09:30:00.000Z"));
  CHECK(first.finished == at("2026-01-10T09:45:00.000Z"));
  CHECK(first.seed == 1);
  CHECK(first.pace == "normal");
  CHECK(first.vantage == "elsewhere");
  CHECK(first.complete);
  CHECK(first.targets == 5);
  CHECK(first.addresses() == 5);
  CHECK(first.count(Verdict::cls_exposed) == 4);
  CHECK_FALSE(history.runs().back().complete);
}

TEST_CASE("A seed of 64 bits comes back whole") {
  const TemporaryFolder folder;
  auto run = small_run();
  run.seed = std::numeric_limits<std::uint64_t>::max();
  auto journal = JournalWriter::temporary(run);
  journal.finish(run);
  CHECK(add_to_history(folder / "h.db", JournalSource(journal)));
  CHECK(HistoryReader(folder / "h.db").runs().front().seed == run.seed);
}

TEST_CASE("A run is kept once, whether it comes from its journal or from its result") {
  const TemporaryFolder folder;
  const auto survey = small_survey();
  std::ostringstream result;
  write_json(*survey, result);
  write_text(folder / "result.json", result.str());
  CHECK(add_to_history(folder / "h.db", *survey));
  CHECK_FALSE(add_to_history(folder / "h.db", *open_survey(folder / "result.json")));
  CHECK(HistoryReader(folder / "h.db").runs().size() == 1);
  CHECK(folder.files() == 2);  // no journal of SQLite's is left
}

TEST_CASE("A host is found by its address and by its names, in any spelling and while they led to it") {
  const TemporaryFolder folder;
  add_to_history(folder / "h.db", *small_survey());
  const HistoryReader history(folder / "h.db");
  CHECK(history.sightings_of("SIP.contoso.example.").size() == 2);
  CHECK(history
            .sightings_of("b\xC3\xBC"
                          "cher.example")
            .size() == 1);
  CHECK(history.sightings_of("xn--bcher-kva.example").size() == 1);
  CHECK(history.sightings_of("[2001:DB8::10]").size() == 1);
  CHECK(history.sightings_of("=cmd|'/C calc'!A0.<script>alert(1)</script>").size() == 1);
  CHECK(history.sightings_of("gone.example").empty());
  CHECK(history.sightings_of("' OR 1 = 1 --").empty());
  const auto found = history.sightings_of("192.0.2.10");
  REQUIRE(found.size() == 1);
  CHECK(found.front().names.front() == "sip.contoso.example");
  CHECK(found.front().verdict == Verdict::cls_exposed);
  CHECK(found.front().reason == VerdictReason::cls_ports_open);
  CHECK(found.front().confidence == Confidence::high);
  CHECK(found.front().cls_open == std::vector<Port>{50001, 50002, 50003});
  REQUIRE(found.front().range);
  CHECK(found.front().range->share == 62.0 / 64);
}

TEST_CASE("Two processes that add runs at once both land, every run whole") {
  constexpr int each = 20;
  const TemporaryFolder folder;
  const auto write = [&](int first) {
    return in_child([&, first] {
      const pid_t other = ::fork();
      const int start = other == 0 ? first + each : first;
      for (int i = 0; i < each; ++i) {
        add_to_history(folder / "h.db", survey_of_week({.number = start + i, .exposed = 2, .closed = 3}));
      }
      if (other == 0) ::_exit(0);
      int status = 0;
      if (::waitpid(other, &status, 0) != other || status != 0) ::_exit(2);
    });
  };
  CHECK(write(0) == 0);
  const HistoryReader history(folder / "h.db");
  CHECK(history.runs().size() == 2 * each);
  CHECK(history.sightings_of("192.0.2.4").size() == 2 * each);
}

TEST_CASE("A writer that is killed half-way leaves what was there") {
  const TemporaryFolder folder;
  const auto path = history_of(folder, {{.number = 1, .exposed = 1, .closed = 1}});
  const int status = in_child([&] {
    const Database database(path, Database::Access::write);
    Transaction transaction(database, Database::Access::write);
    database.execute("PRAGMA cache_spill = 1");
    database.execute("PRAGMA cache_size = 1");  // so that it writes before it commits
    database.execute("UPDATE runs SET vantage = 'half'");
    database.execute("UPDATE hosts SET confidence = 'low'");
    ::raise(SIGKILL);
  });
  CHECK(status == -1);
  CHECK(HistoryReader(path).runs().front().vantage == "jump-box");
  CHECK(HistoryReader(path).sightings_of("192.0.2.0").front().confidence == Confidence::high);
}

TEST_CASE(
    "An absent and an empty file become a history, and to read, one is missing and the other has no run") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(HistoryReader(folder / "none.db"), Contains("none.db': No such file"));
  CHECK(runs_so_far(folder / "none.db").empty());
  write_text(folder / "empty.db", "");
  CHECK(HistoryReader(folder / "empty.db").runs().empty());
  CHECK(HistoryReader(folder / "empty.db").sightings_of("192.0.2.1").empty());
  CHECK(text_of(folder / "empty.db").empty());
  CHECK(add_to_history(folder / "empty.db", survey_of_week({.number = 1, .exposed = 1})));
  CHECK(add_to_history(folder / "none.db", survey_of_week({.number = 1, .exposed = 1})));
  CHECK(look_at_history(folder / "none.db") == HistoryState::present);
}

TEST_CASE("What is not a history is refused by name and left byte for byte as it is") {
  const TemporaryFolder folder;
  write_text(folder / "result.json", "{\"schema\": \"edgesurvey/1\"}");
  write_text(folder / "short.db", std::string("SQLite format 3\0", 16));
  tamper(folder / "theirs.db", "CREATE TABLE runs (id INTEGER PRIMARY KEY); PRAGMA application_id = 7");
  tamper(folder / "newer.db",
         "CREATE TABLE future (x); PRAGMA application_id = 0x45645376; PRAGMA user_version = 99");
  for (const std::string name : {"result.json", "short.db", "theirs.db", "newer.db"}) {
    const auto before = text_of(folder / name);
    CHECK_THROWS_AS(add_to_history(folder / name, *small_survey()), ReadError);
    CHECK_THROWS_WITH(HistoryReader(folder / name), Contains(name));
    CHECK(text_of(folder / name) == before);
  }
  CHECK_THROWS_WITH(look_at_history(folder / "theirs.db"), Contains("is a SQLite file, but not a history"));
  CHECK_THROWS_WITH(look_at_history(folder / "newer.db"),
                    Contains("of version 99") && Contains("use the newer one"));
  CHECK_THROWS_WITH(look_at_history(folder.path()), Contains("Is a directory"));
  CHECK(folder.files() == 4);
}

TEST_CASE("Names that mean something to SQLite are files like any other") {
  const TemporaryFolder folder;
  REQUIRE(in_child([&] {
            if (::chdir(folder.path().c_str()) != 0) ::_exit(2);
            add_to_history(":memory:", survey_of_week({.number = 1, .exposed = 1}));
            add_to_history("file:x?mode=memory", survey_of_week({.number = 1, .exposed = 1}));
          }) == 0);
  CHECK(HistoryReader(folder / ":memory:").runs().size() == 1);
  CHECK(HistoryReader(folder / "file:x?mode=memory").runs().size() == 1);
}

TEST_CASE("When the file can grow no more the run is not added and the history is as it was") {
  const TemporaryFolder folder;
  const auto path = history_of(folder, {{.number = 1, .exposed = 1, .closed = 1}});
  write_big_journal(folder / "big.journal", 2000);
  const int status = in_child([&] {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{.rlim_cur = 65536, .rlim_max = 65536};
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(2);
    try {
      add_to_history(path, *open_survey(folder / "big.journal"));
    } catch (const WriteError&) {
      ::_exit(7);
    }
  });
  CHECK(status == 7);
  CHECK(HistoryReader(path).runs().size() == 1);
  CHECK(add_to_history(path, *open_survey(folder / "big.journal")));
}

TEST_CASE("A value that no survey could have written is a complaint that names the file and the column") {
  struct Case {
    const char* sql;
    const char* said;
  };
  const auto wrong =
      GENERATE(Case{"UPDATE runs SET complete = 2", "complete is 2"},
               Case{"UPDATE runs SET started_ms = 9223372036854775807", "started_ms is 9223372036854775807"},
               Case{"UPDATE runs SET finished_ms = -9223372036854775807", "finished_ms is"},
               Case{"UPDATE runs SET closed = -1", "closed is -1"},
               Case{"UPDATE runs SET cls_exposed = 9223372036854775807", "cls_exposed is"},
               Case{"UPDATE runs SET identity = x'00'", "identity is not 16 bytes"},
               Case{"UPDATE runs SET vantage = CAST(zeroblob(100000) AS TEXT)", "vantage is longer"},
               Case{"UPDATE hosts SET verdict = 'fine'", "verdict is not a verdict"},
               Case{"UPDATE hosts SET verdict = 'closed'", "reason belongs to another verdict"},
               Case{"UPDATE hosts SET reason = char(27) || '[2J'", "reason is not a reason"},
               Case{"UPDATE hosts SET confidence = ''", "confidence is not a confidence"},
               Case{"UPDATE hosts SET names = '{'", "names is not a list of names"},
               Case{"UPDATE hosts SET names = '[1]'", "names is not a list of names"},
               Case{"UPDATE hosts SET cls_open = '443'", "cls_open is not CLS ports"},
               Case{"UPDATE hosts SET range_share = 1.5", "range_share is not a share"},
               Case{"UPDATE hosts SET range_share = 9e999", "range_share is not a share"},
               Case{"UPDATE hosts SET range_ci_low = NULL", "range_share is outside its interval"},
               Case{"UPDATE hosts SET range_ci_high = 0.0", "range_share is outside its interval"},
               Case{"UPDATE hosts SET run = 77", "run is of no run there is"},
               Case{"UPDATE OR IGNORE names SET address = 'x'; UPDATE hosts SET address = 'x'; "
                    "UPDATE hosts SET names = '[\"edge1.example\"]'",
                    "address is not an address"},
               Case{"DROP TABLE names", "it has no table names"},
               Case{"DROP TABLE hosts; CREATE VIEW hosts AS SELECT 1", "it has no table hosts"},
               Case{"ALTER TABLE hosts ADD COLUMN more TEXT", "its table hosts is none of ours"});
  const TemporaryFolder folder;
  const auto path = history_of(folder, {{.number = 1, .exposed = 1, .closed = 1}});
  // One host is left where a key would be there twice.
  tamper(path, "DELETE FROM hosts WHERE address = '192.0.2.1'");
  tamper(path, "UPDATE names SET address = '192.0.2.0' WHERE name = 'edge1.example'");
  tamper(path, wrong.sql);
  CHECK_THAT(complaint_about(path), Contains("h.db' is damaged: ") && Contains(wrong.said));
}

TEST_CASE("A trigger in the file does nothing when a run is added") {
  const TemporaryFolder folder;
  const auto path = history_of(folder, {{.number = 1, .exposed = 1, .closed = 1}});
  tamper(path, "CREATE TRIGGER gone AFTER INSERT ON runs BEGIN DELETE FROM hosts; END");
  add_to_history(path, survey_of_week({.number = 2, .exposed = 1, .closed = 1}));
  CHECK(HistoryReader(path).sightings_of("192.0.2.0").size() == 2);
}

TEST_CASE("A file damaged anywhere is read, or complained about, and nothing worse") {
  const TemporaryFolder folder;
  const auto whole = text_of(history_of(folder, some_weeks()));
  std::size_t complaints = 0;
  for (std::size_t at = 0; at < whole.size(); at += 61) {
    auto damaged = whole;
    for (std::size_t i = at; i < std::min(at + 4, damaged.size()); ++i)
      damaged[i] = static_cast<char>(damaged[i] ^ 0xFF);
    write_text(folder / "damaged.db", damaged);
    if (!complaint_about(folder / "damaged.db").empty()) ++complaints;
  }
  CHECK(complaints > 10);
  for (const std::size_t size :
       {std::size_t{1}, std::size_t{99}, std::size_t{100}, std::size_t{4096}, whole.size() / 2}) {
    write_text(folder / "cut.db", whole.substr(0, size));
    CHECK_FALSE(complaint_about(folder / "cut.db").empty());
  }
}

TEST_CASE("A migration changes the layout and keeps the runs, and one that fails changes nothing") {
  const TemporaryFolder folder;
  const auto path = history_of(folder, some_weeks());
  std::vector<std::string_view> steps(history_migrations().begin(), history_migrations().end());
  steps.emplace_back("ALTER TABLE runs ADD COLUMN note TEXT;\nUPDATE runs SET note = vantage;");
  {
    auto failing = steps;
    failing.emplace_back("ALTER TABLE runs DROP COLUMN pace;\nINSERT INTO nowhere VALUES (1);");
    const auto before = text_of(path);
    CHECK_THROWS(bring_up_to_date(Database(path, Database::Access::write), failing));
    CHECK(text_of(path) == before);
  }
  const Database database(path, Database::Access::write);
  bring_up_to_date(database, steps);
  check_tables(database, steps);
  CHECK(database.pragma("user_version") == static_cast<std::int64_t>(steps.size()));
  Statement notes(database, "SELECT count(*) FROM runs WHERE note = vantage");
  REQUIRE(notes.step());
  CHECK(notes.count(0) == some_weeks().size());
  // What is newer than this program is refused.
  CHECK_THROWS_AS(HistoryReader(path), ReadError);
}

TEST_CASE("A large survey is added whole") {
  const TemporaryFolder folder;
  write_big_journal(folder / "big.journal", EDGESURVEY_MANY_HOSTS);
  const auto survey = open_survey(folder / "big.journal");
  CHECK(add_to_history(folder / "h.db", *survey));
  CHECK(HistoryReader(folder / "h.db").runs().front().addresses() == EDGESURVEY_MANY_HOSTS);
  CHECK(std::filesystem::file_size(folder / "h.db") < EDGESURVEY_MANY_HOSTS * 400);
}
