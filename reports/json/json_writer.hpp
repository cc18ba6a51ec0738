// JSON text as it is written: members in the order they are given, nothing held in between.
//
// A value tree (nlohmann, Boost.JSON) costs more than everything else a report does, and prints 0.252 as
// 2.52E-1 or with digits that no survey has.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace edgesurvey {

class JsonWriter {
 public:
  // Appends to out, which must outlive the writer.
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  // The name of the next value. Ours: printable ASCII that needs no escape. Untrusted text goes to text_key.
  void key(std::string_view name);
  void text_key(std::string_view untrusted);

  // Any bytes. Quotes, controls, and characters that could harm a terminal are escaped (a reader gets them
  // back); a byte that is not UTF-8 becomes U+FFFD, since JSON has no way to write it.
  void text(std::string_view untrusted);
  void number(std::uint64_t value);
  // Rounded to six decimals, without trailing zeros: 0.252
  void decimal(double value);
  void boolean(bool value);
  void null();

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();

  std::string& out_;
  bool after_value_ = false;
};

// The text of one value, which write is handed a writer for.
template <typename Write>
std::string json_of(Write write) {
  std::string text;
  JsonWriter json(text);
  write(json);
  return text;
}

// As JsonWriter::decimal writes it; CSV and others show the same digits.
void append_decimal(std::string& out, double value);

}  // namespace edgesurvey
