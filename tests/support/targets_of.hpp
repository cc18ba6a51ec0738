// A target list without mistakes, from its text.
#pragma once

#include <string_view>
#include <utility>

#include "support/catch.hpp"
#include "targets/target_list.hpp"

namespace edgesurvey {

inline TargetStore targets_of(std::string_view text, std::string_view source = "test") {
  TargetList list;
  TargetParser(list).parse_text(text, source);
  REQUIRE(list.errors.empty());
  return std::move(list.targets);
}

}  // namespace edgesurvey
