// Words of the command line that need more than CLI11's own conversions. All throw CLI::ValidationError,
// saying what is wrong and what to write instead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/options/options.hpp"

namespace edgesurvey {

// "500ms", "1.9s", "2m"; a bare number is seconds. From a millisecond to ten minutes.
Duration parse_duration(const std::string& option, const std::string& text);
std::uint64_t parse_whole(const std::string& option, const std::string& text, std::uint64_t least,
                          std::uint64_t most);
// SYNs a second: 0 is unpaced, else 0.01 to 10,000,000.
double parse_rate(const std::string& option, const std::string& text);
// A number of ports, or "all".
std::size_t parse_sample(const std::string& text);
std::vector<NameServer> parse_resolvers(const std::vector<std::string>& texts);
// "cls-exposed,media-range-open"; each once.
std::vector<Verdict> parse_verdicts(const std::vector<std::string>& texts);
// "result" or "diff": whether it is the diff's.
bool parse_schema_name(const std::string& text);
// "polite", "normal" or "fast"
PaceOptions parse_pace(const std::string& text);

}  // namespace edgesurvey
