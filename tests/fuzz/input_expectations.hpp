// What holds for everything read from a file, whoever wrote it.
#pragma once

#include <string_view>
#include <vector>

#include "fuzz/expect.hpp"
#include "targets/host_name.hpp"
#include "targets/text/input_error.hpp"
#include "targets/text/input_lines.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey::fuzz {

inline void expect_good_errors(const std::vector<InputError>& errors, std::string_view source) {
  expect(errors.size() <= max_input_errors + 1, "the number of errors is bounded");
  for (const InputError& error : errors) {
    expect(error.origin.source == source, "an error names its source");
    expect(error.origin.line >= 1 && error.origin.column >= 1, "an error has a line and a column");
    expect(!error.message.empty(), "an error says what is wrong");
    expect(error.message.size() < 1000, "an error is short");
    expect(printable(error.message) == error.message, "an error can be shown as it is");
  }
}

inline void expect_good_name(const HostName& name) {
  expect(!name.ascii().empty() && name.ascii().size() <= 253, "a name has 1 to 253 bytes");
  for (const char c : name.ascii()) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    expect(plain, "a name is asked in lower-case letters, digits, hyphens, underscores and dots");
  }
  expect(!find_bad_byte(name.display()), "a name is shown as UTF-8 without control characters");
  const auto again = HostName::parse(name.ascii());
  expect(again && again->ascii() == name.ascii(), "the asked form of a name is accepted again, unchanged");
}

}  // namespace edgesurvey::fuzz
