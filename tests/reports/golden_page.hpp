// Whole HTML pages against approved ones. An approved page has @style.css@ and @script.js@ in place of the
// style sheet and the script, which are in reports/html alone; html_pages.py puts them back for the tests
// that need whole pages.
#pragma once

#include <string>
#include <string_view>

#include "reports/golden.hpp"

namespace edgesurvey::testing {

// The page with a placeholder for the text of the file, which must be the whole element, byte for byte, and
// there once.
inline std::string with_placeholder(std::string page, std::string_view element, const std::string& file) {
  const std::string start = "<" + std::string(element) + ">";
  const std::string end = "</" + std::string(element) + ">";
  const std::string whole = start + text_of(EDGESURVEY_SOURCE_DIR "/reports/html/" + file) + end;
  const auto at = page.find(whole);
  INFO(file << " is embedded as it is, once");
  REQUIRE(at != std::string::npos);
  REQUIRE(page.find(start) == at);
  REQUIRE(page.find(start, at + 1) == std::string::npos);
  return page.replace(at, whole.size(), start + "@" + file + "@" + end);
}

inline void check_golden_page(const std::string& name, const std::string& page) {
  check_golden(name, with_placeholder(with_placeholder(page, "style", "style.css"), "script", "script.js"));
}

}  // namespace edgesurvey::testing
