#include "reports/history/history_file.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <limits>
#include <optional>
#include <utility>

#include "reports/files/report_error.hpp"
#include "reports/history/schema.hpp"
#include "reports/json/json_cursor.hpp"
#include "reports/json/json_writer.hpp"
#include "reports/survey/host_summary.hpp"
#include "reports/text/port_list.hpp"
#include "scanner/sample.hpp"
#include "system/file_descriptor.hpp"
#include "targets/host_name.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

constexpr auto any_integer = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t max_names_bytes = 32U << 20U;
// A survey a minute for two years; a damaged file may go round in circles.
constexpr std::size_t max_rows = 1000000;

// Names are found in whatever spelling: as DNS compares them, or byte by byte if they are none.
std::string comparable(std::string_view name) {
  const auto host_name = HostName::parse(name);
  return host_name ? host_name->ascii() : std::string(name);
}

std::string to_json(const std::vector<std::string>& names) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const auto& name : names) json.text(name);
  json.end_array();
  return text;
}

std::int64_t to_ms(WallTime time) {
  return time.time_since_epoch().count();
}

// A host's rows, written with statements that are prepared once.
class HostWriter {
 public:
  HostWriter(const Database& database, std::int64_t run)
      : run_(run),
        host_(database, "INSERT INTO hosts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
        name_(database, "INSERT OR IGNORE INTO names VALUES (?1, ?2)") {}

  void write(const HostReport& host) {
    const auto& judgement = host.judgement;
    const auto address = host.evidence.address.to_string();
    const auto& share = judgement.range.share;
    const auto of_range = [&](double Interval::*bound) {
      return share ? std::optional(*share.*bound) : std::nullopt;
    };
    host_
        .with(run_, address, to_json(host.names), to_string(judgement.verdict), to_string(judgement.reason),
              to_string(judgement.confidence), to_port_list(open_cls_ports(host)), of_range(&Interval::share),
              of_range(&Interval::low), of_range(&Interval::high))
        .run();
    for (const auto& name : host.names) name_.with(comparable(name), address).run();
  }

 private:
  std::int64_t run_;
  Statement host_;
  Statement name_;
};

bool has(const Database& database, const RunIdentity& identity) {
  Statement found(database, "SELECT 1 FROM runs WHERE identity = ?1");
  return found.with(identity).step();
}

std::int64_t insert(const Database& database, const RunRecord& run) {
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  const auto of = [&](Verdict verdict) { return number(run.count(verdict)); };
  Statement(database,
            "INSERT INTO runs (identity, started_ms, finished_ms, seed, pace, vantage, complete, targets, "
            "skipped, cls_exposed, media_range_open, inconclusive, closed) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")
      .with(run.identity, to_ms(run.started), to_ms(run.finished), number(run.seed), run.pace, run.vantage,
            std::int64_t{run.complete ? 1 : 0}, number(run.targets), number(run.skipped),
            of(Verdict::cls_exposed), of(Verdict::media_range_open), of(Verdict::inconclusive),
            of(Verdict::closed))
      .run();
  return database.last_row_id();
}

WallTime time_at(const Statement& row, int column) {
  using namespace std::chrono;
  constexpr WallTime earliest = sys_days{year{0} / 1 / 1};
  constexpr WallTime latest = sys_days{year{9999} / 12 / 31};
  return WallTime(milliseconds(row.integer(column, to_ms(earliest), to_ms(latest))));
}

RunRecord run_at(const Statement& row) {
  RunRecord run{.started = time_at(row, 2),
                .finished = time_at(row, 3),
                .seed = static_cast<std::uint64_t>(row.integer(4, -any_integer - 1, any_integer)),
                .pace = std::string(row.text(5, max_json_text)),
                .vantage = std::string(row.text(6, max_json_text)),
                .complete = row.boolean(7),
                .targets = row.count(8),
                .skipped = row.count(9),
                .verdicts = {row.count(10), row.count(11), row.count(12), row.count(13)}};
  const auto identity = row.blob(1, run.identity.size());
  std::copy(identity.begin(), identity.end(), run.identity.begin());
  return run;
}

std::vector<std::string> names_at(const Statement& row, int column) {
  std::vector<std::string> names;
  try {
    JsonDocument document;
    document.parse(row.text(column, max_names_bytes)).each([&](const JsonCursor& name) {
      names.emplace_back(name.text());
    });
  } catch (const ReadError&) {
    row.fail(column, "is not a list of names");
  }
  return names;
}

std::vector<Port> cls_ports_at(const Statement& row, int column) {
  constexpr std::size_t longest = 64;
  const auto text = row.text(column, longest);
  if (text.empty()) return {};
  const auto ports = parse_port_list(text);
  if (!ports || !std::all_of(ports->begin(), ports->end(), is_cls_port)) row.fail(column, "is not CLS ports");
  return *ports;
}

// Of the columns share, low and high: all or none.
std::optional<Interval> range_at(const Statement& row, int column) {
  const auto share = row.share(column);
  const auto low = row.share(column + 1);
  const auto high = row.share(column + 2);
  if (!share && !low && !high) return std::nullopt;
  if (!share || !low || !high || *low > *share || *share > *high) row.fail(column, "is outside its interval");
  return Interval{.share = *share, .low = *low, .high = *high};
}

Sighting sighting_at(const Statement& row) {
  Sighting sighting{.address = row.parsed(1, Address::parse, "an address"),
                    .names = names_at(row, 2),
                    .verdict = row.parsed(3, parse_verdict, "a verdict"),
                    .reason = row.parsed(4, parse_verdict_reason, "a reason"),
                    .confidence = row.parsed(5, parse_confidence, "a confidence"),
                    .cls_open = cls_ports_at(row, 6),
                    .range = range_at(row, 7)};
  if (verdict_of(sighting.reason) != sighting.verdict) row.fail(4, "belongs to another verdict");
  return sighting;
}

Statement sightings_in(const Database& database, const std::string& address_or_name) {
  constexpr std::string_view columns =
      "SELECT run, address, names, verdict, reason, confidence, cls_open, range_share, range_ci_low, "
      "range_ci_high FROM hosts WHERE address ";
  const auto address = Address::parse(address_or_name);
  Statement rows(
      database, std::string(columns) + (address ? "= ?1" : "IN (SELECT address FROM names WHERE name = ?1)"));
  rows.with(address ? address->to_string() : comparable(address_or_name));
  return rows;
}

bool has_name(const Sighting& sighting, const std::string& wanted) {
  return std::any_of(sighting.names.begin(), sighting.names.end(),
                     [&](const std::string& name) { return comparable(name) == wanted; });
}

// By ourselves: SQLite tries again for reading, and then knows only that there is no such file.
void make_file(const std::string& path) {
  const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666));
  if (!file) throw write_error(path, errno);
}

}  // namespace

bool add_to_history(const std::string& path, const SurveySource& survey) {
  if (look_at_history(path) == HistoryState::absent) make_file(path);
  const auto run = record_of(survey);
  const Database database(path, Database::Access::write);
  bring_up_to_date(database, history_migrations());
  check_tables(database, history_migrations());
  Transaction transaction(database, Database::Access::write);
  if (has(database, run.identity)) return false;
  HostWriter hosts(database, insert(database, run));
  survey.for_each_host([&](const HostReport& host) { hosts.write(host); });
  transaction.commit();
  return true;
}

HistoryReader::HistoryReader(const std::string& path) : path_(path) {
  const auto state = look_at_history(path);
  if (state == HistoryState::absent) throw read_error(path, ENOENT);
  if (state == HistoryState::empty) return;
  database_.emplace(path, Database::Access::read);
  moment_.emplace(*database_, Database::Access::read);
  check_tables(*database_, history_migrations());
  read_runs();
}

void HistoryReader::read_runs() {
  Statement rows(*database_,
                 "SELECT id, identity, started_ms, finished_ms, seed, pace, vantage, complete, targets, "
                 "skipped, cls_exposed, media_range_open, inconclusive, closed FROM runs "
                 "ORDER BY started_ms, id");
  while (rows.step()) {
    if (runs_.size() == max_rows) rows.fail(0, "has no end");
    ids_.push_back(rows.integer(0, -any_integer - 1, any_integer));
    runs_.push_back(run_at(rows));
  }
}

std::vector<Sighting> HistoryReader::sightings_of(const std::string& address_or_name) const {
  std::vector<Sighting> sightings;
  if (!database_) return sightings;
  const bool by_name = !Address::parse(address_or_name);
  const auto wanted = comparable(address_or_name);
  // Runs by id: several may have started at once, and clocks are set back.
  std::vector<std::pair<std::int64_t, std::size_t>> places;
  for (std::size_t i = 0; i < ids_.size(); ++i) places.emplace_back(ids_[i], i);
  std::sort(places.begin(), places.end());
  auto rows = sightings_in(*database_, address_or_name);
  while (rows.step()) {
    if (sightings.size() == max_rows) rows.fail(0, "has no end");
    auto sighting = sighting_at(rows);
    if (by_name && !has_name(sighting, wanted)) continue;
    const auto id = rows.integer(0, -any_integer - 1, any_integer);
    const auto place = std::lower_bound(places.begin(), places.end(), std::pair(id, std::size_t{0}));
    if (place == places.end() || place->first != id) rows.fail(0, "is of no run there is");
    sighting.run = place->second;
    sightings.push_back(std::move(sighting));
  }
  return sightings;
}

std::vector<RunRecord> runs_so_far(const std::string& path) {
  if (look_at_history(path) == HistoryState::absent) return {};
  return HistoryReader(path).runs();
}

}  // namespace edgesurvey
