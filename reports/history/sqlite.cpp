#include "reports/history/sqlite.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <new>
#include <system_error>
#include <utility>

#include "reports/files/report_error.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

constexpr int patience_ms = 30000;
constexpr int max_value_bytes = 64 << 20;
constexpr std::size_t shown_path_bytes = 200;

// SQLite reads names like ":memory:" and "" in its own way; a path that begins with a folder is a path.
std::string as_path(const std::string& path) {
  return path.starts_with('/') ? path : "./" + path;
}

// Trouble with the disk, the rights or another process, not with what is in the file.
bool is_about_writing(int code) {
  constexpr std::array codes{SQLITE_FULL, SQLITE_READONLY, SQLITE_IOERR,  SQLITE_CANTOPEN,
                             SQLITE_PERM, SQLITE_BUSY,     SQLITE_LOCKED, SQLITE_TOOBIG};
  return std::find(codes.begin(), codes.end(), code & 0xFF) != codes.end();
}

std::string reason(sqlite3* database, int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another process holds it";
    case SQLITE_FULL:
      return std::generic_category().message(ENOSPC);
    case SQLITE_READONLY:
      return "it is read-only";
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      if (const int error_number = sqlite3_system_errno(database); error_number != 0) {
        return std::generic_category().message(error_number);
      }
      break;
    default:
      break;
  }
  return printable(sqlite3_errmsg(database));
}

}  // namespace

// Readers open for writing, too, where they may: only then can SQLite undo what a writer that died left.
Database::Database(std::string path, Access access) : path_(std::move(path)), access_(access) {
  open(as_path(path_));
}

Database::Database() : path_("memory"), access_(Access::write) {
  open(":memory:");
}

void Database::open(const std::string& name) {
  const int flags = SQLITE_OPEN_READWRITE | (access_ == Access::write ? SQLITE_OPEN_CREATE : 0);
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &opened, flags, nullptr);
  database_.reset(opened);
  if (code != SQLITE_OK) fail();
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_busy_timeout(opened, patience_ms);
  distrust();
}

void Database::distrust() const {
  auto* const database = database_.get();
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_limit(database, SQLITE_LIMIT_LENGTH, max_value_bytes);
  sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
  pragma("cell_size_check = 1");
  pragma("mmap_size = 0");  // a file that another process cuts short must not be a SIGBUS
}

void Database::execute_all(std::string_view sql) const {
  while (sql.find(';') != std::string_view::npos) {
    const auto end = sql.find(';') + 1;
    Statement(*this, sql.substr(0, end)).run();
    sql.remove_prefix(end);
  }
}

// Some pragmas only give an answer when they are asked, none when they are told.
std::int64_t Database::pragma(const std::string& name) const {
  Statement statement(*this, "PRAGMA " + name);
  if (!statement.step()) return 0;
  return statement.integer(0, std::numeric_limits<std::int32_t>::min(),
                           std::numeric_limits<std::uint32_t>::max());
}

std::int64_t Database::last_row_id() const {
  return sqlite3_last_insert_rowid(database_.get());
}

void Database::fail() const {
  if (!database_) throw std::bad_alloc();
  const int code = sqlite3_extended_errcode(database_.get());
  const auto why = reason(database_.get(), code);
  if (!is_about_writing(code)) throw ReadError(quoted(path_, shown_path_bytes) + " is damaged: " + why);
  const auto place = quoted(path_, shown_path_bytes) + ": " + why;
  if (access_ == Access::read) throw ReadError("could not read " + place);
  throw WriteError("could not write " + place);
}

void Database::Close::operator()(sqlite3* database) const {
  sqlite3_close(database);
}

Statement::Statement(const Database& database, std::string_view sql) : database_(&database) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database.database_.get(), sql.data(), static_cast<int>(sql.size()),
                                      &statement, nullptr);
  if (code != SQLITE_OK) database.fail();
  statement_.reset(statement);
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  database_->fail();
}

void Statement::bind(int index, std::int64_t value) {
  if (sqlite3_bind_int64(statement_.get(), index, value) != SQLITE_OK) database_->fail();
}

void Statement::bind(int index, std::string_view text) {
  // Of a null pointer SQLite would make NULL.
  const char* const bytes = text.empty() ? "" : text.data();
  if (sqlite3_bind_text64(statement_.get(), index, bytes, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) !=
      SQLITE_OK) {
    database_->fail();
  }
}

void Statement::bind(int index, const std::optional<double>& value) {
  const int code = value ? sqlite3_bind_double(statement_.get(), index, *value)
                         : sqlite3_bind_null(statement_.get(), index);
  if (code != SQLITE_OK) database_->fail();
}

void Statement::bind_blob(int index, const void* bytes, std::size_t size) {
  if (sqlite3_bind_blob64(statement_.get(), index, bytes, size, SQLITE_TRANSIENT) != SQLITE_OK) {
    database_->fail();
  }
}

std::int64_t Statement::integer(int column, std::int64_t least, std::int64_t most) const {
  if (sqlite3_column_type(statement_.get(), column) != SQLITE_INTEGER) fail(column, "is not a whole number");
  const std::int64_t value = sqlite3_column_int64(statement_.get(), column);
  if (value < least || value > most) {
    fail(column, "is " + std::to_string(value) + ", which cannot be");
  }
  return value;
}

std::uint64_t Statement::count(int column) const {
  constexpr std::int64_t more_than_any_survey_has = std::int64_t{1} << 40;
  return static_cast<std::uint64_t>(integer(column, 0, more_than_any_survey_has));
}

std::string_view Statement::text(int column, std::size_t max_bytes) const {
  if (sqlite3_column_type(statement_.get(), column) != SQLITE_TEXT) fail(column, "is not text");
  const auto* const bytes = sqlite3_column_text(statement_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  if (bytes == nullptr) throw std::bad_alloc();
  if (size > max_bytes) fail(column, "is longer than any there is");
  return {reinterpret_cast<const char*>(bytes), size};
}

std::string_view Statement::blob(int column, std::size_t bytes) const {
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  if (sqlite3_column_type(statement_.get(), column) != SQLITE_BLOB || size != bytes) {
    fail(column, "is not " + std::to_string(bytes) + " bytes");
  }
  return {static_cast<const char*>(sqlite3_column_blob(statement_.get(), column)), size};
}

std::optional<double> Statement::share(int column) const {
  const int type = sqlite3_column_type(statement_.get(), column);
  if (type == SQLITE_NULL) return std::nullopt;
  const double value = sqlite3_column_double(statement_.get(), column);
  if (type != SQLITE_FLOAT || !(value >= 0 && value <= 1)) fail(column, "is not a share from 0 to 1");
  return value;
}

void Statement::fail(int column, const std::string& what) const {
  const char* const name = sqlite3_column_name(statement_.get(), column);
  throw ReadError(quoted(database_->path(), shown_path_bytes) +
                  " is damaged: " + (name == nullptr ? "a value" : name) + " " + what);
}

Transaction::Transaction(const Database& database, Database::Access access) : database_(database) {
  database.execute(access == Database::Access::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  if (sqlite3_get_autocommit(database_.database_.get()) != 0) return;  // committed, or undone by SQLite
  sqlite3_stmt* rollback = nullptr;
  sqlite3_prepare_v2(database_.database_.get(), "ROLLBACK", -1, &rollback, nullptr);
  sqlite3_step(rollback);
  sqlite3_finalize(rollback);
}

void Transaction::commit() {
  database_.execute("COMMIT");
}

}  // namespace edgesurvey
