#include "reports/history/schema.hpp"

#include <array>
#include <filesystem>
#include <map>

#include "reports/files/record_file.hpp"
#include "reports/files/report_error.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

// hosts is clustered by address, so that the timeline of a host is read in one go. names finds the addresses
// that a name ever led to: lower-case A-labels, where the name is a DNS name.
constexpr std::string_view version_1 = R"(
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  identity BLOB NOT NULL UNIQUE,
  started_ms INTEGER NOT NULL,
  finished_ms INTEGER NOT NULL,
  seed INTEGER NOT NULL,
  pace TEXT NOT NULL,
  vantage TEXT NOT NULL,
  complete INTEGER NOT NULL,
  targets INTEGER NOT NULL,
  skipped INTEGER NOT NULL,
  cls_exposed INTEGER NOT NULL,
  media_range_open INTEGER NOT NULL,
  inconclusive INTEGER NOT NULL,
  closed INTEGER NOT NULL
) STRICT;
CREATE TABLE hosts (
  run INTEGER NOT NULL,
  address TEXT NOT NULL,
  names TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  confidence TEXT NOT NULL,
  cls_open TEXT NOT NULL,
  range_share REAL,
  range_ci_low REAL,
  range_ci_high REAL,
  PRIMARY KEY (address, run)
) STRICT, WITHOUT ROWID;
CREATE TABLE names (
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  PRIMARY KEY (name, address)
) STRICT, WITHOUT ROWID;
)";
constexpr std::array migrations_there_are{version_1};

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  constexpr std::size_t shown_path_bytes = 200;
  throw ReadError(quoted(path, shown_path_bytes) + " " + why);
}

void check_version(const std::string& path, std::int64_t version, std::size_t known) {
  if (version >= 0 && version <= static_cast<std::int64_t>(known)) return;
  refuse(path, "is a history of version " + std::to_string(version) +
                   ", and this edgesurvey knows none after " + std::to_string(known) +
                   ": use the newer one that wrote it");
}

// A number in the header, big-endian (sqlite.org/fileformat2.html, section 1.3).
std::int64_t header_number(std::string_view header, std::size_t at) {
  std::uint32_t value = 0;
  for (const char byte : header.substr(at, 4)) value = value << 8U | static_cast<unsigned char>(byte);
  return static_cast<std::int32_t>(value);
}

bool has_nothing(const Database& database) {
  Statement tables(database, "SELECT count(*) FROM sqlite_schema");
  return tables.step() && tables.count(0) == 0;
}

std::map<std::string, std::string> tables_of(const Database& database) {
  constexpr std::size_t longest = 65536;
  std::map<std::string, std::string> tables;
  Statement rows(database, "SELECT name, sql FROM sqlite_schema WHERE type = 'table'");
  while (rows.step()) tables.emplace(rows.text(0, longest), rows.text(1, longest));
  return tables;
}

void migrate(const Database& database, std::span<const std::string_view> migrations, std::int64_t version) {
  for (const auto step : migrations.subspan(static_cast<std::size_t>(version))) database.execute_all(step);
  database.execute("PRAGMA application_id = " + std::to_string(history_application_id));
  database.execute("PRAGMA user_version = " + std::to_string(migrations.size()));
}

}  // namespace

std::span<const std::string_view> history_migrations() {
  return migrations_there_are;
}

HistoryState look_at_history(const std::string& path) {
  constexpr std::string_view magic("SQLite format 3\0", 16);
  constexpr std::size_t header_bytes = 100;
  constexpr std::size_t version_at = 60;
  constexpr std::size_t application_at = 68;
  std::error_code error;
  if (!std::filesystem::exists(path, error) && !error) return HistoryState::absent;
  std::string header;
  RecordFile(path).read_up_to(0, header_bytes, header);
  if (header.empty()) return HistoryState::empty;
  if (header.size() < header_bytes || !header.starts_with(magic)) {
    refuse(path, "is not a history of edgesurvey, nor any SQLite file: it is left as it is");
  }
  if (header_number(header, application_at) != history_application_id) {
    refuse(path, "is a SQLite file, but not a history of edgesurvey: it is left as it is");
  }
  check_version(path, header_number(header, version_at), history_migrations().size());
  return HistoryState::present;
}

void bring_up_to_date(const Database& database, std::span<const std::string_view> migrations) {
  Transaction transaction(database, Database::Access::write);
  const auto version = database.pragma("user_version");
  const bool ours = database.pragma("application_id") == history_application_id;
  if (!ours && !has_nothing(database)) {
    refuse(database.path(), "is a SQLite file, but not a history of edgesurvey: it is left as it is");
  }
  check_version(database.path(), version, migrations.size());
  if (ours && version == static_cast<std::int64_t>(migrations.size())) return;
  migrate(database, migrations, ours ? version : 0);
  transaction.commit();
}

void check_tables(const Database& database, std::span<const std::string_view> migrations) {
  const Database fresh;
  bring_up_to_date(fresh, migrations);
  const auto found = tables_of(database);
  for (const auto& [name, sql] : tables_of(fresh)) {
    const auto table = found.find(name);
    if (table == found.end()) refuse(database.path(), "is damaged: it has no table " + name);
    if (table->second != sql) refuse(database.path(), "is damaged: its table " + name + " is none of ours");
  }
}

}  // namespace edgesurvey
