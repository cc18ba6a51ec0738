// Text from outside (names, records, file names, banners) made fit to be shown on a terminal or in a message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace edgesurvey {

// Whether showing this character could move the cursor, reorder what is read (Unicode's bidirectional
// controls: "Trojan Source", CVE-2021-42574) or hide: C0 and C1 controls, DEL, line separators, invisible
// formatting.
bool is_unprintable(char32_t code_point);

// The text with every unprintable character as \xNN (below U+0100) or \u{NNNN}, and every byte that is not
// UTF-8 as \xNN. A backslash stays as it is, so escaping twice changes nothing. The result is valid UTF-8 on
// one line.
std::string printable(std::string_view untrusted);

// The printable text in single quotes, for messages. Text of over max_bytes is cut, between characters, and
// ends in "...".
std::string quoted(std::string_view untrusted, std::size_t max_bytes = 60);

}  // namespace edgesurvey
