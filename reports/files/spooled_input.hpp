// The standard input as a file that can be read more than once, as results are.
#pragma once

#include <cstdint>

#include "reports/files/record_file.hpp"

namespace edgesurvey {

// Some ten million hosts.
inline constexpr std::uint64_t max_spooled_bytes = std::uint64_t{16} << 30U;

// All that fd has to say, to its end, in an anonymous temporary file (anonymous_file.hpp); or fd itself,
// under another number, where it is a regular file. name is for messages. Throws ReadError, also for more
// than most_bytes and when there is no room for the copy.
RecordFile spooled(int fd, const char* name, std::uint64_t most_bytes = max_spooled_bytes);

}  // namespace edgesurvey
