#include <algorithm>
#include <array>

#include "targets/address.hpp"

namespace edgesurvey {
namespace {

struct Registered {
  unsigned prefix_length;
  Address::Bytes prefix;
  AddressKind kind;
};

// The first match counts.
constexpr std::array v4_registry{
    Registered{8, {0}, AddressKind::unspecified},                      // RFC 791, "this network"
    Registered{8, {10}, AddressKind::private_use},                     // RFC 1918
    Registered{10, {100, 64}, AddressKind::private_use},               // RFC 6598
    Registered{8, {127}, AddressKind::loopback},                       // RFC 1122
    Registered{16, {169, 254}, AddressKind::link_local},               // RFC 3927
    Registered{12, {172, 16}, AddressKind::private_use},               // RFC 1918
    Registered{16, {192, 168}, AddressKind::private_use},              // RFC 1918
    Registered{4, {224}, AddressKind::multicast},                      // RFC 5771
    Registered{32, {0xFF, 0xFF, 0xFF, 0xFF}, AddressKind::broadcast},  // RFC 919
    Registered{4, {240}, AddressKind::private_use},                    // RFC 1112, reserved: no public host
};

constexpr std::array v6_registry{
    Registered{128, {}, AddressKind::unspecified},                                             // RFC 4291
    Registered{128, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, AddressKind::loopback},  // RFC 4291
    Registered{48, {0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01}, AddressKind::private_use},            // RFC 8215
    Registered{7, {0xFC}, AddressKind::private_use},                                           // RFC 4193
    Registered{10, {0xFE, 0x80}, AddressKind::link_local},                                     // RFC 4291
    Registered{10, {0xFE, 0xC0}, AddressKind::private_use},                                    // RFC 3879
    Registered{8, {0xFF}, AddressKind::multicast},                                             // RFC 4291
};

struct Embedding {
  unsigned prefix_length;
  Address::Bytes prefix;
  std::size_t offset;  // of the IPv4 address's first byte
};

constexpr std::array embedding_forms{
    Embedding{96, {0x00, 0x64, 0xFF, 0x9B}, 12},                    // NAT64
    Embedding{96, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 12},  // IPv4-mapped
    Embedding{96, {0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 12},        // IPv4-translated, RFC 2765
    Embedding{96, {}, 12},                                          // IPv4-compatible
    Embedding{16, {0x20, 0x02}, 2},                                 // 6to4
};

bool begins_with(const Address::Bytes& bytes, const Address::Bytes& prefix, unsigned prefix_length) {
  const std::size_t whole = prefix_length / 8;
  if (!std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(whole), prefix.begin()))
    return false;
  const unsigned rest = prefix_length % 8;
  return rest == 0 || ((bytes[whole] ^ prefix[whole]) >> (8 - rest)) == 0;
}

template <typename Registry>
AddressKind look_up(const Registry& registry, const Address::Bytes& bytes) {
  for (const Registered& entry : registry) {
    if (begins_with(bytes, entry.prefix, entry.prefix_length)) return entry.kind;
  }
  return AddressKind::global;
}

}  // namespace

AddressKind Address::kind() const {
  if (is_v4()) return look_up(v4_registry, bytes_);
  const AddressKind own = look_up(v6_registry, bytes_);
  if (own != AddressKind::global) return own;
  const auto inner = embedded_v4();
  return inner ? inner->kind() : own;
}

std::optional<Address> Address::embedded_v4() const {
  if (is_v4()) return std::nullopt;
  const AddressKind own = look_up(v6_registry, bytes_);
  if (own == AddressKind::unspecified || own == AddressKind::loopback) return std::nullopt;
  for (const Embedding& form : embedding_forms) {
    if (!begins_with(bytes_, form.prefix, form.prefix_length)) continue;
    const std::size_t i = form.offset;
    return v4({bytes_[i], bytes_[i + 1], bytes_[i + 2], bytes_[i + 3]});
  }
  return std::nullopt;
}

std::vector<std::pair<Address, Address>> Address::embeddings() const {
  std::vector<std::pair<Address, Address>> spans;
  for (const Embedding& form : embedding_forms) {
    Bytes first = form.prefix;
    std::copy_n(bytes_.begin(), 4, first.begin() + static_cast<std::ptrdiff_t>(form.offset));
    Bytes last = first;
    std::fill(last.begin() + static_cast<std::ptrdiff_t>(form.offset) + 4, last.end(), std::uint8_t{0xFF});
    spans.emplace_back(Address(Family::ipv6, first), Address(Family::ipv6, last));
  }
  return spans;
}

}  // namespace edgesurvey
