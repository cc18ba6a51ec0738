// The target list: what the user wrote, line by line. Blocks stay blocks (expansion is lazy).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "targets/target_store.hpp"
#include "targets/text/input_error.hpp"
#include "targets/text/input_lines.hpp"

namespace edgesurvey {

struct TargetList {
  TargetStore targets;             // in input order
  std::vector<InputError> errors;  // every bad line; a list with errors must not be scanned
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

  // A whole file's text, at once or piece by piece. Source is the name shown in errors ("edges.txt",
  // "<stdin>").
  void parse_text(std::string_view text, std::string_view source) { parse_text(whole(text), source); }
  void parse_text(const TextPieces& pieces, std::string_view source);
  // One command-line argument: a target without tags or comment.
  void parse_argument(std::string_view text, std::size_t number);

 private:
  TargetList& list_;
};

}  // namespace edgesurvey
