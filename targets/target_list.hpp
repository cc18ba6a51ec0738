// The target list: what the user wrote, line by line, as values. Blocks stay blocks (expansion is lazy).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "targets/address_block.hpp"
#include "targets/host_name.hpp"
#include "targets/input_error.hpp"
#include "targets/tag.hpp"

namespace edgesurvey {

struct Target {
  Origin origin;
  std::string text;  // the name, address or block as written; valid UTF-8, no control characters
  std::variant<HostName, AddressBlock> what;
  std::vector<Tag> tags;

  const HostName* name() const { return std::get_if<HostName>(&what); }
  const AddressBlock* block() const { return std::get_if<AddressBlock>(&what); }
};

struct TargetList {
  std::vector<Target> targets;     // in input order
  std::vector<InputError> errors;  // every bad line; a list with errors must not be scanned

  // How many of the targets are names.
  std::size_t names() const;
  // Addresses written down literally, counted with repeats; names count as one. Saturates at 2^64 - 1.
  std::uint64_t expanded_size() const;
};

// Reads target text line by line and appends to a list. A line is
//   target [key=value ...] [# comment]
// where target is a name, an address, a CIDR block or a range. A key has letters, digits, '_', '-' and '.',
// and stands once a line. A value may be "quoted", with \" and \\ inside. CRLF, a UTF-8 byte-order mark and
// blank lines are allowed; lines are at most 4096 bytes. Refused with an error: multicast, broadcast and
// unspecified addresses, and blocks that reach into them.
class TargetParser {
 public:
  explicit TargetParser(TargetList& list) : list_(list) {}

  // A whole file's text. Source is the name shown in errors ("edges.txt", "<stdin>").
  void parse_text(std::string_view text, std::string_view source);
  // One command-line argument: a target without tags or comment.
  void parse_argument(std::string_view text, std::size_t number);

 private:
  TargetList& list_;
};

}  // namespace edgesurvey
