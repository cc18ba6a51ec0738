// A text from outside as numbered, checked lines: what every file of targets, scopes and exclusions is read
// with.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "targets/text/input_error.hpp"

namespace edgesurvey {

constexpr std::size_t max_line_bytes = 4096;
// A list with this many errors gets one more, which says so, and nothing after it is read: the wrong file was
// named, and a million messages help nobody.
constexpr std::size_t max_input_errors = 1000;

// A text from its beginning, a piece of any size at a time; an empty one is its end. A piece need not outlive
// the call for the next. Throws what its maker throws.
using TextPieces = std::function<std::string_view()>;
// In one piece. The text must outlive it.
TextPieces whole(std::string_view text);

struct InputLine {
  std::string_view text;  // valid UTF-8 without control characters but tab, without the line's end
  std::size_t number = 0;
};

// What is wrong with a line, before it is known where the line stands.
struct LineError {
  std::size_t column = 1;
  std::string message;
};

// The first byte that is not UTF-8, or is a control character other than tab.
std::optional<LineError> find_bad_byte(std::string_view text);

class InputLines {
 public:
  // Errors go to the list's end.
  InputLines(TextPieces pieces, std::string_view source, std::vector<InputError>& errors);

  // The next good line, good until the one after it is asked for; bad ones become errors on the way. nullopt
  // at the end.
  std::optional<InputLine> next();

  void report(const InputLine& line, LineError error);
  Origin origin(const InputLine& line, std::size_t column) const { return {source_, line.number, column}; }

 private:
  bool has_more();
  std::string_view take_line();
  std::string_view take_from_piece(bool& ended);
  bool begins_well(std::string_view& first_line);
  bool is_given_up();

  TextPieces pieces_;
  std::string_view piece_;  // what is left of it
  std::string split_;       // a line over two pieces or more
  std::string source_;
  std::vector<InputError>& errors_;
  std::size_t number_ = 0;
};

}  // namespace edgesurvey
