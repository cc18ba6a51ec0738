// The header and the answers of a DNS message (RFC 1035, section 4), read by the C library's parser: every
// length is checked, and compression pointers in a loop are refused.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace edgesurvey {

// Names are in lower case, without a final dot. Bytes that are not printable stand as \DDD in them.
struct Record {
  std::string owner;
  unsigned type = 0;
  unsigned rr_class = 0;
  std::span<const std::uint8_t> data;  // inside the message that was read
  std::optional<std::string>
      name;  // the name that is all of the data, of a CNAME; nullopt: broken, or no CNAME
};

struct Message {
  unsigned rcode = 0;
  bool is_response = false;
  bool truncated = false;
  // nullopt when any section of the message is broken, or something follows the last.
  std::optional<std::vector<Record>> answers;
};

// nullopt when the message has no whole header.
std::optional<Message> read_message(std::span<const std::uint8_t> message);

}  // namespace edgesurvey
