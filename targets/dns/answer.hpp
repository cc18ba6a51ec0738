// A DNS answer read from its bytes (RFC 1035): pure, and the one place where untrusted bytes become
// values.
//
// c-ares' own parsers are not enough: ares_parse_a_reply drops the CNAMEs whenever it reports addresses by
// TTL, takes address records of any owner, and rejects a whole answer for one odd alias.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "targets/address.hpp"
#include "targets/host_name.hpp"

namespace edgesurvey {

// More than any real name has; an answer by TCP could hold some four thousand.
inline constexpr std::size_t max_addresses_per_answer = 256;
// Resolvers themselves give up at 8 to 16 aliases.
inline constexpr std::size_t max_alias_chain = 16;

struct Answer {
  enum class Kind : std::uint8_t {
    addresses,   // at least one
    no_address,  // the name exists, without an address of this family
    nxdomain,    // the name, or the end of its alias chain, does not exist
    failure,     // SERVFAIL, REFUSED, ..., or unreadable; notes say which
  };

  Kind kind = Kind::failure;
  std::vector<Address> addresses;  // in the answer's order, each once, at most max_addresses_per_answer
  std::vector<HostName> aliases;   // the CNAME chain from the name asked for, without it
  std::vector<std::string> notes;  // for people, printable ASCII: what was left out, or why it failed
};

// message: the whole DNS message. asked: the name in the question, without its final dot. Only records owned
// by that name or by its aliases count: others are nothing we asked for.
Answer read_answer(std::span<const std::uint8_t> message, std::string_view asked, Family family);

}  // namespace edgesurvey
