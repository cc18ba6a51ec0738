// Untrusted text where it could act: in a comment of a script, in a command line to be copied.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace edgesurvey::remediation {

// A name for a comment: letters, digits, dots, hyphens and underscores. An internationalised name is shown as
// DNS has it (xn--...), and every other byte as \xNN, so that it can end no comment, turn no text around and
// needs no encoding. At most 80 characters and "...".
std::string plain_name(std::string_view untrusted);

// A word for a POSIX shell, quoted where it must be. nullopt for what could act in some shell, in Markdown or
// in a PowerShell comment even so: anything outside printable ASCII, and ' " ` $ \ # < > ! among it.
std::optional<std::string> shell_word(std::string_view untrusted);

}  // namespace edgesurvey::remediation
