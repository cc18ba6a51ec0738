// A survey of any size with a bit of everything in it, names that mean harm too; the same at every call.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "reports/survey/survey_source.hpp"

namespace edgesurvey::testing {

// Names as an attacker's result file could have them; no DNS name is one of these.
const std::vector<std::string>& hostile_names();

// The first host is exposed; of eight, two are. Every tenth has an IPv6 address, every fiftieth target was
// not probed, every hundredth name is a hostile one.
void write_big_journal(const std::string& path, std::size_t hosts);

}  // namespace edgesurvey::testing
