// SQLite as far as a history needs it: prepared statements only, transactions, and every value that is read
// asked for by its type and bounds. The file may come from anyone: nothing in it is trusted, its views and
// triggers do nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace edgesurvey {

class Database;

// One statement, to be run any number of times. Every member function throws ReadError or WriteError, with
// the file's name. Its database must outlive it.
class Statement {
 public:
  Statement(const Database& database, std::string_view sql);

  // Binds the values to ?1, ?2, ... and forgets what was bound before.
  template <typename... Values>
  Statement& with(const Values&... values) {
    reset();
    int index = 0;
    (bind(++index, values), ...);
    return *this;
  }
  // To the next row; false after the last.
  bool step();
  // To the end; for statements that give no rows.
  void run() {
    while (step()) {
    }
  }

  // The columns of the row, from 0.
  std::int64_t integer(int column, std::int64_t least, std::int64_t most) const;
  std::uint64_t count(int column) const;
  bool boolean(int column) const { return integer(column, 0, 1) == 1; }
  // Its bytes, valid until the next step. Not checked to be UTF-8.
  std::string_view text(int column, std::size_t max_bytes) const;
  std::string_view blob(int column, std::size_t bytes) const;
  // From 0 to 1, or none for NULL.
  std::optional<double> share(int column) const;
  // A text that a parse function knows. what: "a verdict".
  template <typename Parse>
  auto parsed(int column, Parse parse, std::string_view what) const {
    constexpr std::size_t longest_word = 64;
    const auto value = parse(text(column, longest_word));
    if (!value) fail(column, "is not " + std::string(what));
    return *value;
  }
  // Throws ReadError: "'FILE' is damaged: COLUMN <what>".
  [[noreturn]] void fail(int column, const std::string& what) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  void reset();
  void bind(int index, std::int64_t value);
  void bind(int index, std::string_view text);
  void bind(int index, const std::optional<double>& value);
  void bind_blob(int index, const void* bytes, std::size_t size);
  template <std::size_t size>
  void bind(int index, const std::array<std::uint8_t, size>& bytes) {
    bind_blob(index, bytes.data(), size);
  }

  const Database* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
 public:
  // write: the file is made if it is not there. Both wait half a minute for other processes' transactions.
  enum class Access { read, write };
  Database(std::string path, Access access);
  // One in memory, for no longer than it lives.
  Database();

  // One statement without values or rows.
  void execute(const std::string& sql) const { Statement(*this, sql).run(); }
  // Several, each ended by a semicolon.
  void execute_all(std::string_view sql) const;
  // A pragma that answers with one number of 32 bits.
  std::int64_t pragma(const std::string& name) const;
  std::int64_t last_row_id() const;

  const std::string& path() const { return path_; }
  // What SQLite has just complained about, as ReadError or WriteError.
  [[noreturn]] void fail() const;

 private:
  friend class Statement;
  friend class Transaction;
  struct Close {
    void operator()(sqlite3* database) const;
  };

  void open(const std::string& name);
  void distrust() const;

  std::string path_;
  Access access_;
  std::unique_ptr<sqlite3, Close> database_;
};

// All or nothing: what was not committed when it goes has never been.
class Transaction {
 public:
  // read: everything read inside is of one moment. write: no other process writes until the end.
  Transaction(const Database& database, Database::Access access);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  const Database& database_;
};

}  // namespace edgesurvey
