// Finds the pieces of a large JSON object without holding it: its members, and the elements of chosen arrays.
// Each piece is then small enough for a real parser, which judges whether it is JSON at all.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "reports/files/record_file.hpp"

namespace edgesurvey {

struct JsonPiece {
  std::string_view member;  // of the outermost object
  bool is_element = false;  // of that member's array, the index-th
  std::size_t index = 0;
  RecordSpan span;
  std::string_view text;  // the span's bytes where they are at hand, until use() returns; else empty
};

class CharacterSet;

class JsonSplitter {
 public:
  // The file must outlive the splitter.
  explicit JsonSplitter(const RecordFile& file) : file_(file) {}

  // Calls use for every member in turn, or, where split says so and the value is an array, for its elements.
  // Throws ReadError when the braces, brackets and quotes do not match up.
  void run(const std::function<bool(std::string_view member)>& split,
           const std::function<void(const JsonPiece&)>& use);

 private:
  int peek();
  int take();
  int peek_token();
  void expect(char wanted);
  bool take_if(char wanted);
  void skip_to(const CharacterSet& wanted);
  std::string take_key();
  RecordSpan take_value();
  std::string_view at_hand(const RecordSpan& span) const;
  void take_string();
  std::uint64_t offset() const { return buffer_offset_ + position_; }
  [[noreturn]] void fail(const std::string& what) const;

  const RecordFile& file_;
  std::string buffer_;
  std::uint64_t buffer_offset_ = 0;
  std::size_t position_ = 0;
};

}  // namespace edgesurvey
