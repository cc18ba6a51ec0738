#include "targets/target_line.hpp"

#include <algorithm>

#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t';
}

// As between "192.0.2.1 - 192.0.2.9" or "192.0.2.0 /24".
bool joins_addresses(std::string_view word) {
  return word.front() == '-' || word.front() == '/' || word == "to" || word == "\u2013";
}

// Reads a line from left to right. Every read_ function leaves the cursor behind what it read, or fills in
// the error and returns nullopt.
class LineReader {
 public:
  LineReader(std::string_view line, LineError& error) : line_(line), error_(error) {}

  // Whether the next word, if there is one, has been reached; a comment ends the line.
  bool skip_to_word() {
    while (cursor_ < line_.size() && is_space(line_[cursor_])) ++cursor_;
    return cursor_ < line_.size() && line_[cursor_] != '#';
  }

  std::size_t column() const { return cursor_ + 1; }

  std::string_view read_since(std::size_t column) const {
    return line_.substr(column - 1, cursor_ + 1 - column);
  }

  std::string_view read_word() {
    const std::size_t begin = cursor_;
    while (cursor_ < line_.size() && !is_space(line_[cursor_])) ++cursor_;
    return line_.substr(begin, cursor_ - begin);
  }

  std::optional<Tag> read_tag() {
    auto key = read_key();
    if (!key) return std::nullopt;
    auto value = cursor_ < line_.size() && line_[cursor_] == '"' ? read_quoted_value() : read_plain_value();
    if (!value) return std::nullopt;
    return Tag{std::move(*key), std::move(*value)};
  }

 private:
  std::nullopt_t fail(std::size_t position, std::string message) {
    error_ = {position + 1, std::move(message)};
    return std::nullopt;
  }

  std::optional<std::string> read_key() {
    const std::size_t begin = cursor_;
    const std::string_view word = read_word();
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos) {
      return fail(begin, "expected key=value after the target, not " + quoted(word) +
                             (joins_addresses(word) ? " (write a range or a block without spaces)"
                                                    : " (write one target a line)"));
    }
    const std::string_view key = word.substr(0, equals);
    if (!is_tag_key(key)) {
      return fail(begin, quoted(key) + " is not a tag's key: use letters, digits, '_', '-' and '.'");
    }
    cursor_ = begin + equals + 1;
    return std::string(key);
  }

  std::optional<std::string> read_plain_value() {
    const std::size_t begin = cursor_;
    const std::string_view value = read_word();
    if (value.find('"') != std::string_view::npos) {
      return fail(begin, "a quote inside the value " + quoted(value) +
                             ": quote the whole value, as in org=\"A \\\"B\\\"\"");
    }
    return std::string(value);
  }

  std::optional<std::string> read_quoted_value() {
    const std::size_t begin = cursor_++;
    std::string value;
    while (cursor_ < line_.size() && line_[cursor_] != '"') {
      if (line_[cursor_] == '\\') {
        ++cursor_;
        if (cursor_ == line_.size() || (line_[cursor_] != '"' && line_[cursor_] != '\\')) {
          return fail(cursor_ - 1, "after a backslash in a quoted value only \\ or \" may stand");
        }
      }
      value += line_[cursor_++];
    }
    if (cursor_ == line_.size()) return fail(begin, "the quoted value is not closed");
    ++cursor_;
    if (cursor_ < line_.size() && !is_space(line_[cursor_])) {
      return fail(cursor_, "expected a space after the quoted value");
    }
    return value;
  }

  std::string_view line_;
  LineError& error_;
  std::size_t cursor_ = 0;
};

bool has_key(const std::vector<Tag>& tags, const std::string& key) {
  return std::any_of(tags.begin(), tags.end(), [&key](const Tag& tag) { return tag.key == key; });
}

}  // namespace

std::optional<TargetLine> parse_target_line(std::string_view text, LineError& error) {
  LineReader reader(text, error);
  TargetLine line;
  if (!reader.skip_to_word()) return line;
  line.column = reader.column();
  line.target = reader.read_word();
  line.written = line.target;
  while (reader.skip_to_word()) {
    const std::size_t column = reader.column();
    auto tag = reader.read_tag();
    if (!tag) return std::nullopt;
    if (has_key(line.tags, tag->key)) {
      error = {column, "the key " + quoted(tag->key) + " is there twice"};
      return std::nullopt;
    }
    line.tags.push_back(std::move(*tag));
    line.written = reader.read_since(line.column);
  }
  return line;
}

std::string_view first_word(std::string_view written) {
  return {written.begin(), std::find_if(written.begin(), written.end(), is_space)};
}

}  // namespace edgesurvey
