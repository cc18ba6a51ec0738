// Numbers as people read them: in a table, and the survey's in one sentence.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scanner/judging/statistics.hpp"
#include "scanner/survey/survey.hpp"

namespace edgesurvey {

// "18,250"
std::string grouped(std::uint64_t number);
// "1 address", "250 addresses"
std::string counted(std::uint64_t number, std::string_view one, std::string_view many);
// "25.2" for 0.252
std::string percent(double share);
// "25.2 %, 95 % CI 19.9-31.1"
std::string share_with_interval(const Interval& share);

// Filled up with spaces; longer text stays as it is.
std::string padded(std::string_view text, std::size_t columns);
std::string right_aligned(std::string_view text, std::size_t columns);

// "63 of 250 addresses (25.2 %, 95 % CI 19.9-31.1) expose CLS ports", without a full stop.
std::string headline(const SurveySummary& summary);

}  // namespace edgesurvey
