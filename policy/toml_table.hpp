// A TOML table read with suspicion: every value is asked for by the form it must have, and what does not fit
// is a mistake with its place. The only header that knows toml++.
#pragma once

#include <toml++/toml.h>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "targets/text/input_error.hpp"

namespace edgesurvey {

// Collected as they are found, given back in the order of the text.
class TomlMistakes {
 public:
  // text: what was parsed; must outlive this.
  TomlMistakes(std::string_view text, std::string_view source);

  void add(const toml::source_position& where, std::string message);
  // At most max_input_errors, and one more that says so.
  std::vector<InputError> take();

 private:
  std::size_t byte_column(const toml::source_position& where) const;

  std::string_view text_;
  std::string source_;
  std::vector<std::size_t> lines_;  // where each begins
  std::vector<InputError> errors_;
  bool too_many_ = false;
};

class TomlTable {
 public:
  struct Word {
    std::string text;
    toml::source_position where;
  };

  // what: for people: "a waiver". Both must outlive this.
  TomlTable(const toml::table& table, std::string_view what, TomlMistakes& mistakes)
      : table_(table), what_(what), mistakes_(mistakes) {}

  bool has(std::string_view key) const { return table_.contains(key); }
  // Of the table, and of a value that is there.
  toml::source_position where() const { return table_.source().begin; }
  toml::source_position where(std::string_view key) const { return table_.get(key)->source().begin; }
  void mistake(const toml::source_position& where, std::string message) {
    mistakes_.add(where, std::move(message));
  }

  // Each of the following gives nothing where there is no such key, and none where its value is wrong, which
  // becomes a mistake.

  // A text of 1 to max_bytes; line breaks and other runs of white space in it become one space.
  std::optional<std::string> line(std::string_view key, std::size_t max_bytes);
  // A text, or an array of some.
  std::vector<Word> words(std::string_view key);
  std::optional<std::chrono::sys_days> date(std::string_view key);
  // The elements of [[key]].
  std::vector<const toml::table*> tables(std::string_view key);

  // A key that is not there becomes a mistake. example: for people: what could stand after "key = ".
  void require(std::string_view key, std::string_view example);
  // Every key but these becomes a mistake.
  void allow_only(const std::vector<std::string_view>& keys);

 private:
  const toml::table& table_;
  std::string_view what_;
  TomlMistakes& mistakes_;
};

}  // namespace edgesurvey
