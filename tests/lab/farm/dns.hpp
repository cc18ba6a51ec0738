// A tiny authoritative name server (RFC 1035) for the farm's own names: A and AAAA, and NXDOMAIN for the
// rest.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/lab/farm/packet.hpp"

namespace edgesurvey::farm {

class NameServer {
 public:
  explicit NameServer(const Spec& spec);
  // nullopt for what is not one plain question.
  std::optional<Bytes> answer(View query) const;

 private:
  std::unordered_map<std::string, std::vector<Ip>> hosts_;  // lower case, no final dot
};

}  // namespace edgesurvey::farm
