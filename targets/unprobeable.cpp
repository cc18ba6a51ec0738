#include "targets/unprobeable.hpp"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "targets/leading_to.hpp"

namespace edgesurvey {
namespace {

struct Forbidden {
  AddressBlock block;
  std::string_view what;
};

const auto& forbidden_blocks() {
  static const std::array blocks{
      Forbidden{AddressBlock::parse("0.0.0.0/8").value(), "\"this network\" (0.0.0.0/8)"},
      Forbidden{AddressBlock::parse("224.0.0.0/4").value(), "multicast (224.0.0.0/4)"},
      Forbidden{AddressBlock::parse("255.255.255.255").value(), "broadcast (255.255.255.255)"},
      Forbidden{AddressBlock::parse("::").value(), "the unspecified address (::)"},
      // Written by its neighbours: as text, its ends are IPv4 addresses. A block around it would hide them.
      Forbidden{AddressBlock(Address::parse("::fffe:ffff:ffff").value().plus(1).value(),
                             Address::parse("::1:0:0:0").value().minus(1).value()),
                "IPv4-mapped addresses (::ffff:0:0/96)"},
      Forbidden{AddressBlock::parse("ff00::/8").value(), "multicast (ff00::/8)"},
  };
  return blocks;
}

std::string_view describe(AddressKind kind) {
  if (kind == AddressKind::multicast) return "a multicast";
  return kind == AddressKind::broadcast ? "the broadcast" : "an unspecified";
}

}  // namespace

bool is_unprobeable(const Address& address) {
  const AddressKind kind = address.kind();
  return kind == AddressKind::multicast || kind == AddressKind::broadcast || kind == AddressKind::unspecified;
}

const AddressSet& unprobeable_addresses() {
  static const AddressSet all = [] {
    const AddressSet v4({AddressBlock::parse("0.0.0.0/8").value(), AddressBlock::parse("224.0.0.0/4").value(),
                         AddressBlock::parse("255.255.255.255").value()});
    std::vector<AddressBlock> blocks = leading_to(v4).blocks();
    blocks.insert(blocks.end(), v4.blocks().begin(), v4.blocks().end());
    blocks.push_back(AddressBlock::parse("::").value());
    blocks.push_back(AddressBlock::parse("ff00::/8").value());
    return AddressSet(std::move(blocks));
  }();
  return all;
}

std::optional<std::string> why_unprobeable(const AddressBlock& block) {
  for (const Forbidden& forbidden : forbidden_blocks()) {
    if (!forbidden.block.overlaps(block)) continue;
    const bool whole = forbidden.block.contains(block.first()) && forbidden.block.contains(block.last());
    return (whole ? "is " : "reaches into ") + std::string(forbidden.what) + (whole ? ", not a host" : "");
  }
  for (const Address& end : {block.first(), block.last()}) {
    if (is_unprobeable(end))
      return "leads to " + std::string(describe(end.kind())) + " IPv4 address inside it";
  }
  return std::nullopt;
}

}  // namespace edgesurvey
