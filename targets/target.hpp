// What one line of a target list says.
#pragma once

#include <string>
#include <vector>

#include "targets/host_or_block.hpp"
#include "targets/tag.hpp"
#include "targets/text/input_error.hpp"

namespace edgesurvey {

struct Target {
  Origin origin;
  std::string text;  // the name, address or block as written; valid UTF-8, no control characters
  HostOrBlock what;
  std::vector<Tag> tags;

  // Null for the other kind. Never of a temporary: a list makes its targets as they are asked for.
  const HostName* name() const& { return std::get_if<HostName>(&what); }
  const AddressBlock* block() const& { return std::get_if<AddressBlock>(&what); }
  const HostName* name() const&& = delete;
  const AddressBlock* block() const&& = delete;
};

}  // namespace edgesurvey
