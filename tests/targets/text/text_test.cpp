#include "targets/text/text.hpp"

#include <rapidcheck.h>

#include "support/catch.hpp"
#include "targets/text/utf8.hpp"

using namespace edgesurvey;

namespace {

rc::Gen<std::string> any_bytes() {
  return rc::gen::container<std::string>(rc::gen::map(
      rc::gen::arbitrary<std::uint8_t>(), [](std::uint8_t byte) { return static_cast<char>(byte); }));
}

bool is_safe(std::string_view text) {
  while (!text.empty()) {
    const auto character = first_utf8_character(text);
    if (!character || is_unprintable(character->code_point)) return false;
    text.remove_prefix(character->bytes);
  }
  return true;
}

}  // namespace

TEST_CASE("Printable text keeps every visible character of every script") {
  for (const char* text :
       {"", "plain text", "back\\slash", "Bücher", "日本語", "кириллица", "עברית", "\U0001F600"}) {
    CHECK(printable(text) == text);
  }
}

TEST_CASE("Printable text shows what would move the cursor, reorder or hide as an escape") {
  CHECK(printable("a\x1b[31mb") == "a\\x1b[31mb");
  CHECK(printable("a\r\nb\tc") == "a\\x0d\\x0ab\\x09c");
  CHECK(printable(std::string_view("a\0b", 3)) == "a\\x00b");
  CHECK(printable("\x7f") == "\\x7f");
  CHECK(printable("\u009b"
                  "31m") ==
        "\\x9b"
        "31m");  // a one-character CSI
  CHECK(printable("\u202Eevil") == "\\u{202e}evil");
  CHECK(printable("\u2066\u2069\u200f\u061c") == "\\u{2066}\\u{2069}\\u{200f}\\u{061c}");
  CHECK(printable("\u2028\u200b\ufeff") == "\\u{2028}\\u{200b}\\u{feff}");
  CHECK(printable("\U000E0041") == "\\u{e0041}");
}

TEST_CASE("Printable text shows bytes that are not UTF-8 one by one") {
  CHECK(printable("\xff") == "\\xff");
  CHECK(printable("\xc0\xaf") == "\\xc0\\xaf");                    // overlong '/'
  CHECK(printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");           // a surrogate
  CHECK(printable("\xf4\x90\x80\x80") == "\\xf4\\x90\\x80\\x80");  // past U+10FFFF
  CHECK(printable("ab\xe2\x82") == "ab\\xe2\\x82");                // cut short
}

TEST_CASE("Quoted text is cut between characters") {
  CHECK(quoted("edge.example") == "'edge.example'");
  CHECK(quoted("12345", 5) == "'12345'");
  CHECK(quoted("123456", 5) == "'12345...'");
  CHECK(quoted("日本語", 4) == "'日...'");
  CHECK(quoted(std::string(50, '\x80'), 4) == "'\\x80...'");
}

TEST_CASE("Whatever comes in, printable and quoted text is safe UTF-8") {
  REQUIRE(rc::check([] {
    const std::string bytes = *any_bytes();
    RC_ASSERT(is_safe(printable(bytes)));
    RC_ASSERT(is_safe(quoted(bytes, 8)));
    RC_ASSERT(quoted(bytes, 8).size() <= 8 * 4 + 5);
  }));
}

TEST_CASE("Escaping twice changes nothing more") {
  REQUIRE(rc::check([] {
    const std::string once = printable(*any_bytes());
    RC_ASSERT(printable(once) == once);
  }));
}
