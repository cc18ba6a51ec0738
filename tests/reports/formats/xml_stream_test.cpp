#include "reports/formats/xml_stream.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <sstream>

#include "reports/big_survey.hpp"
#include "support/catch.hpp"

using namespace edgesurvey;
using namespace edgesurvey::testing;

namespace {

// As a reader of XML gets it back.
std::string attribute_of(const std::string& xml, const char* name) {
  pugi::xml_document document;
  const auto parsed = document.load_string(xml.c_str());
  REQUIRE(parsed.status == pugi::status_ok);
  return document.first_child().attribute(name).value();
}

std::string written(std::string_view value) {
  std::ostringstream out;
  XmlStream xml(out);
  pugi::xml_document document;
  auto element = document.append_child("a");
  set_attribute(element, "b", value);
  xml.open(element);
  pugi::xml_document inner;
  xml.write(inner.append_child("c"));
  xml.close();
  return out.str();
}

}  // namespace

TEST_CASE("An element that is opened holds what is written until it is closed") {
  CHECK(written("/>") == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"/>\">\n  <c />\n</a>\n");
}

TEST_CASE("Whatever the text, an attribute comes back as its printable form") {
  REQUIRE(rc::check(
      [](const std::string& text) { RC_ASSERT(attribute_of(written(text), "b") == xml_text(text)); }));
  for (const auto& name : hostile_names()) CHECK(attribute_of(written(name), "b") == xml_text(name));
}

TEST_CASE("No character that XML 1.0 forbids is ever written") {
  const auto is_forbidden = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
  for (const auto& name : hostile_names()) {
    const std::string text = xml_text(name);
    CHECK(std::none_of(text.begin(), text.end(), is_forbidden));
  }
  CHECK(xml_text("a\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBFz") == "a\\u{fffe}\\u{ffff}\\u{ffff}z");
  CHECK(xml_text("\x01\x1b") == "\\x01\\x1b");
}
