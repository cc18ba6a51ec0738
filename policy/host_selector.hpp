// Whom an entry of a policy is about: hosts by name, by block, or by a tag of the target list.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "targets/address_block.hpp"
#include "targets/host_name.hpp"
#include "targets/name_set.hpp"
#include "targets/tag.hpp"

namespace edgesurvey {

// One address with all that led to it: a rule that is about any of it is about the address.
struct Subject {
  Address address;
  std::vector<HostName> names;  // of every target that is a name and led here
  std::vector<Tag> tags;        // of every target that led here
};

enum class SelectBy : std::uint8_t { name, block, tag };

std::string_view to_string(SelectBy by);

class HostSelector {
 public:
  explicit HostSelector(SelectBy by) : by_(by) {}

  // One more: "sip.contoso.example", "*.contoso.example" (every name under it, but not itself); an address, a
  // block or a range; "key=value", exactly as on the target's line. On failure false, and why says what is
  // wrong and what to write instead.
  bool add(std::string_view text, std::string& why);

  // Whether one of them is the subject's.
  bool matches(const Subject& subject) const;

  SelectBy by() const { return by_; }
  // As they were written, in that order.
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  bool add_name(std::string_view text, std::string& why);
  bool add_block(std::string_view text, std::string& why);
  bool add_tag(std::string_view text, std::string& why);

  SelectBy by_;
  std::vector<std::string> texts_;
  NameSet names_;
  std::vector<AddressBlock> blocks_;
  std::vector<Tag> tags_;
};

}  // namespace edgesurvey
