#include "reports/json/json_splitter.hpp"

#include <array>

#include "reports/files/report_error.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {

class CharacterSet {
 public:
  constexpr explicit CharacterSet(std::string_view characters) {
    for (const char c : characters) has_[static_cast<unsigned char>(c)] = true;
  }
  bool has(char c) const { return has_[static_cast<unsigned char>(c)]; }

 private:
  std::array<bool, 256> has_{};
};

namespace {

constexpr std::size_t piece_bytes = 256U << 10;
constexpr std::size_t max_key_bytes = 64;  // no member of a result has a longer name
constexpr int end_of_file = -1;
constexpr CharacterSet ends_of_text("\"\\");
constexpr CharacterSet structure("\"{}[]");

bool is_space(int c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool ends_scalar(int c) {
  return c == end_of_file || c == ',' || c == ']' || c == '}' || is_space(c);
}

}  // namespace

void JsonSplitter::fail(const std::string& what) const {
  throw ReadError(printable(file_.path()) + ": " + what + " at byte " + std::to_string(offset()));
}

int JsonSplitter::peek() {
  if (position_ == buffer_.size()) {
    buffer_offset_ += buffer_.size();
    position_ = 0;
    file_.read_up_to(buffer_offset_, piece_bytes, buffer_);
    if (buffer_.empty()) return end_of_file;
  }
  return static_cast<unsigned char>(buffer_[position_]);
}

int JsonSplitter::take() {
  const int c = peek();
  if (c == end_of_file) fail("is cut off: the file ends");
  ++position_;
  return c;
}

int JsonSplitter::peek_token() {
  while (is_space(peek())) ++position_;
  return peek();
}

bool JsonSplitter::take_if(char wanted) {
  if (peek_token() != static_cast<unsigned char>(wanted)) return false;
  ++position_;
  return true;
}

void JsonSplitter::expect(char wanted) {
  if (peek_token() == end_of_file) take();
  if (!take_if(wanted)) fail(std::string("is not JSON: '") + wanted + "' was expected");
}

// As far as the buffer reaches: nearly all of a file is passed over here.
void JsonSplitter::skip_to(const CharacterSet& wanted) {
  while (position_ < buffer_.size() && !wanted.has(buffer_[position_])) ++position_;
}

void JsonSplitter::take_string() {
  take();
  for (int c = 0; c != '"';) {
    skip_to(ends_of_text);
    c = take();
    if (c == '\\') take();
  }
}

std::string JsonSplitter::take_key() {
  expect('"');
  std::string key;
  for (int c = take(); c != '"'; c = take()) {
    if (c == '\\' || key.size() == max_key_bytes) fail("has a member that no result has");
    key += static_cast<char>(c);
  }
  return key;
}

RecordSpan JsonSplitter::take_value() {
  peek_token();
  const std::uint64_t begin = offset();
  std::size_t depth = 0;
  do {
    if (depth > 0) skip_to(structure);
    const int c = peek();
    if (c == '"') {
      take_string();
    } else if (c == '{' || c == '[') {
      ++depth;
      take();
    } else if (c == '}' || c == ']') {
      if (depth == 0) fail("is not JSON: a value was expected");
      --depth;
      take();
    } else if (depth > 0) {
      take();
    } else {
      while (!ends_scalar(peek())) take();
      if (offset() == begin) fail("is not JSON: a value was expected");
    }
    if (offset() - begin > max_record_bytes) fail("has a value too large to be a result's");
  } while (depth > 0);
  return {.offset = begin, .size = static_cast<std::uint32_t>(offset() - begin)};
}

std::string_view JsonSplitter::at_hand(const RecordSpan& span) const {
  if (span.offset < buffer_offset_) return {};
  return std::string_view(buffer_).substr(span.offset - buffer_offset_, span.size);
}

void JsonSplitter::run(const std::function<bool(std::string_view)>& split,
                       const std::function<void(const JsonPiece&)>& use) {
  expect('{');
  if (!take_if('}')) {
    do {
      const std::string member = take_key();
      expect(':');
      if (!split(member) || peek_token() != '[') {
        use({.member = member, .span = take_value(), .text = {}});
        continue;
      }
      expect('[');
      if (take_if(']')) continue;
      std::size_t index = 0;
      do {
        const RecordSpan span = take_value();
        use({.member = member, .is_element = true, .index = index++, .span = span, .text = at_hand(span)});
      } while (take_if(','));
      expect(']');
    } while (take_if(','));
    expect('}');
  }
  if (peek_token() != end_of_file) fail("is not JSON: something follows the object");
}

}  // namespace edgesurvey
