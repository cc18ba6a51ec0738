// A DNS name as typed and as sent: IDNA 2008 (UTS #46 non-transitional) by libidn2.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace edgesurvey {

class HostName {
 public:
  // A host name by RFC 1123 (letters, digits, hyphens; underscore tolerated as DNS allows it), at most 253
  // bytes and 63 a label, an optional final dot, or an internationalised name in UTF-8. Text that is all
  // digits and dots is refused: it is a mistyped address. On failure nullopt and *why says what is wrong.
  static std::optional<HostName> parse(std::string_view text, std::string* why = nullptr);

  // Lower-case A-labels without the final dot: what DNS is asked, what names are compared by.
  const std::string& ascii() const { return ascii_; }
  // As the user wrote it (Unicode kept, no final dot): what reports show.
  const std::string& display() const { return display_.empty() ? ascii_ : display_; }

  // Whether this name is the domain or lies under it. "a.b.example" is under "b.example", not under
  // "xb.example".
  bool is_under(std::string_view ascii_domain) const;

  friend bool operator==(const HostName& a, const HostName& b) { return a.ascii_ == b.ascii_; }

 private:
  std::string ascii_;
  std::string display_;  // empty where it is the same: of a million names most are
};

// A name, block or address from outside made fit to be shown; a name beyond ASCII with what DNS is asked
// beside it, for it may not be what it looks like: "аpple.example (xn--pple-43d.example)".
std::string with_a_label(std::string_view text);

}  // namespace edgesurvey
