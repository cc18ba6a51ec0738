#include "targets/address_block.hpp"

#include <cassert>
#include <charconv>
#include <limits>

#include "targets/address_diagnosis.hpp"
#include "targets/text/text.hpp"

namespace edgesurvey {
namespace {

using Parsed = std::optional<AddressBlock>;

std::optional<Address> parse_address(std::string_view text, std::string& why) {
  auto address = Address::parse(text);
  if (!address) why = explain_bad_address(text);
  return address;
}

// A decimal number of at most three digits, all of the text.
std::optional<unsigned> parse_small_number(std::string_view text) {
  unsigned value = 0;
  const char* const end = text.data() + text.size();
  if (text.empty() || text.size() > 3) return std::nullopt;
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

Parsed parse_cidr(std::string_view address_text, std::string_view length_text, std::string& why) {
  const auto address = parse_address(address_text, why);
  if (!address) return std::nullopt;
  // ::ffff:192.0.2.0/120 is 192.0.2.0/24 written the long way.
  const unsigned mapped_bits = address->is_v4() && address_text.find(':') != std::string_view::npos ? 96 : 0;
  const auto length = parse_small_number(length_text);
  if (!length || *length < mapped_bits || *length > mapped_bits + address->bits()) {
    why = quoted(length_text, 20) + " is not a prefix length for " + quoted(address_text) +
          ": write a number from " + std::to_string(mapped_bits) + " to " +
          std::to_string(mapped_bits + address->bits());
    return std::nullopt;
  }
  const unsigned prefix_length = *length - mapped_bits;
  return AddressBlock(address->first_of_block(prefix_length), address->last_of_block(prefix_length));
}

// The second half of a range: an address, or for IPv4 the last part alone.
std::optional<Address> parse_range_end(const Address& first, std::string_view text, std::string& why) {
  if (!first.is_v4() || text.find_first_of(".:") != std::string_view::npos) return parse_address(text, why);
  const auto last_part = parse_small_number(text);
  if (!last_part || *last_part > 255) {
    why = quoted(text) + " cannot end a range from " + first.to_string() +
          ": write an address, or its last part (0 to 255)";
    return std::nullopt;
  }
  const auto& bytes = first.bytes();
  return Address::v4({bytes[0], bytes[1], bytes[2], static_cast<std::uint8_t>(*last_part)});
}

Parsed parse_range(std::string_view first_text, std::string_view last_text, std::string& why) {
  const auto first = parse_address(first_text, why);
  if (!first) return std::nullopt;
  const auto last = parse_range_end(*first, last_text, why);
  if (!last) return std::nullopt;
  if (first->family() != last->family()) {
    why = "the range begins with one family (" + first->to_string() + ") and ends with the other (" +
          last->to_string() + ")";
    return std::nullopt;
  }
  if (*last < *first) {
    why = "the range is reversed: write " + last->to_string() + "-" + first->to_string();
    return std::nullopt;
  }
  return AddressBlock(*first, *last);
}

std::optional<unsigned> prefix_length_of(const AddressBlock& block) {
  for (unsigned length = 0; length <= block.first().bits(); ++length) {
    if (block.first().first_of_block(length) == block.first() &&
        block.first().last_of_block(length) == block.last()) {
      return length;
    }
  }
  return std::nullopt;
}

}  // namespace

AddressBlock::AddressBlock(const Address& first, const Address& last) : first_(first), last_(last) {
  assert(first.family() == last.family() && first <= last);
}

std::optional<AddressBlock> AddressBlock::parse(std::string_view text, std::string* why) {
  std::string unwanted;
  std::string& reason = why != nullptr ? *why : unwanted;
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    return parse_cidr(text.substr(0, slash), text.substr(slash + 1), reason);
  }
  if (const std::size_t dash = text.find('-'); dash != std::string_view::npos) {
    return parse_range(text.substr(0, dash), text.substr(dash + 1), reason);
  }
  const auto address = parse_address(text, reason);
  if (!address) return std::nullopt;
  return AddressBlock(*address);
}

std::uint64_t AddressBlock::size() const {
  const std::uint64_t steps = distance(first_, last_);
  return steps == std::numeric_limits<std::uint64_t>::max() ? steps : steps + 1;
}

Address AddressBlock::at(std::uint64_t index) const {
  const auto address = first_.plus(index);
  assert(address && *address <= last_);
  return *address;
}

std::string AddressBlock::to_string() const {
  if (is_single()) return first_.to_string();
  if (const auto length = prefix_length_of(*this)) return first_.to_string() + "/" + std::to_string(*length);
  return first_.to_string() + "-" + last_.to_string();
}

}  // namespace edgesurvey
