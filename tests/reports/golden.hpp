// Whole outputs against approved files under tests/golden/. EDGESURVEY_APPROVE=1 in the environment makes
// what is written now the approved form; then read the diff before it is committed.
#pragma once

#include <cstdlib>
#include <string>

#include "reports/temporary_folder.hpp"
#include "support/catch.hpp"

namespace edgesurvey::testing {

inline void check_golden(const std::string& name, const std::string& output) {
  const std::string path = std::string(EDGESURVEY_SOURCE_DIR) + "/tests/golden/" + name;
  if (std::getenv("EDGESURVEY_APPROVE") != nullptr) write_text(path, output);
  INFO("approved: " << path);
  CHECK(output == text_of(path));
}

}  // namespace edgesurvey::testing
