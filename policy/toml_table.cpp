#include "policy/toml_table.hpp"

#include <algorithm>

#include "targets/text/input_lines.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

bool is_white(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// A text of several lines is one sentence in every report.
std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    if (!is_white(c)) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string list_of(const std::vector<std::string_view>& keys) {
  std::string list;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i > 0) list += i + 1 == keys.size() ? " and " : ", ";
    list += keys[i];
  }
  return list;
}

}  // namespace

std::optional<std::string> TomlTable::line(std::string_view key, std::size_t max_bytes) {
  const auto* node = table_.get(key);
  if (node == nullptr) return std::nullopt;
  const auto* text = node->as_string();
  const std::string name(key);
  if (text == nullptr) {
    mistake(where(key), "'" + name + "' must be a text: write " + name + " = \"...\"");
    return std::nullopt;
  }
  std::string line = one_line(text->get());
  if (line.empty()) {
    mistake(where(key), "'" + name + "' is empty");
  } else if (line.size() > max_bytes) {
    mistake(where(key), "'" + name + "' is longer than " + std::to_string(max_bytes) + " bytes");
  } else if (const auto bad = find_bad_byte(line)) {
    mistake(where(key), "'" + name + "' has " + bad->message);
  } else {
    return line;
  }
  return std::nullopt;
}

std::vector<TomlTable::Word> TomlTable::words(std::string_view key) {
  std::vector<Word> words;
  const auto* node = table_.get(key);
  if (node == nullptr) return words;
  const auto take = [&](const toml::node& element) {
    if (const auto* text = element.as_string()) {
      words.push_back({text->get(), element.source().begin});
    } else {
      mistake(element.source().begin, "'" + std::string(key) + "' takes a text or an array of texts: write " +
                                          std::string(key) + " = \"...\" or [\"...\", \"...\"]");
    }
  };
  const auto* array = node->as_array();
  if (array == nullptr) {
    take(*node);
    return words;
  }
  if (array->empty()) mistake(where(key), "'" + std::string(key) + "' is empty");
  for (const auto& element : *array) take(element);
  return words;
}

std::optional<std::chrono::sys_days> TomlTable::date(std::string_view key) {
  const auto* node = table_.get(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* date = node->as_date()) {
    const toml::date day = date->get();
    const std::chrono::year_month_day calendar{std::chrono::year{day.year}, std::chrono::month{day.month},
                                               std::chrono::day{day.day}};
    if (calendar.ok()) return std::chrono::sys_days{calendar};
  }
  mistake(where(key), "'" + std::string(key) + "' must be a day: write " + std::string(key) +
                          " = YYYY-MM-DD, without quotes and without a time");
  return std::nullopt;
}

std::vector<const toml::table*> TomlTable::tables(std::string_view key) {
  std::vector<const toml::table*> tables;
  const auto* node = table_.get(key);
  if (node == nullptr) return tables;
  const std::string wanted = "write [[" + std::string(key) + "]] before each";
  const auto* array = node->as_array();
  if (array == nullptr) {
    mistake(where(key), "'" + std::string(key) + "' is a list of tables: " + wanted);
    return tables;
  }
  for (const auto& element : *array) {
    if (const auto* table = element.as_table()) {
      tables.push_back(table);
    } else {
      mistake(element.source().begin, "'" + std::string(key) + "' holds tables alone: " + wanted);
    }
  }
  return tables;
}

void TomlTable::require(std::string_view key, std::string_view example) {
  if (has(key)) return;
  const std::string name(key);
  mistake(where(),
          std::string(what_) + " needs '" + name + "': write " + name + " = " + std::string(example));
}

void TomlTable::allow_only(const std::vector<std::string_view>& keys) {
  for (const auto& [key, value] : table_) {
    if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
    mistake(key.source().begin,
            std::string(what_) + " has no " + quoted(key.str()) + ": there are " + list_of(keys));
  }
}

}  // namespace edgesurvey
