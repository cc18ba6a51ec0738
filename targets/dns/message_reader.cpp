#include "targets/dns/message_reader.hpp"

#include <arpa/nameser.h>

#include <array>
#include <cstddef>
#include <limits>

namespace edgesurvey {
namespace {

constexpr std::size_t flags_offset = 2;
constexpr unsigned response_bit = 0x8000;
constexpr unsigned truncated_bit = 0x0200;
constexpr unsigned rcode_mask = 0x000f;

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::optional<std::string> name_in(const ns_msg& parsed, const ns_rr& record) {
  std::array<char, NS_MAXDNAME> name{};
  const int length = ns_name_uncompress(parsed._msg, parsed._eom, record.rdata, name.data(), name.size());
  if (length != record.rdlength) return std::nullopt;
  return lower(name.data());
}

std::optional<std::vector<Record>> read_answers(std::span<const std::uint8_t> message) {
  ns_msg parsed{};
  if (message.size() > std::numeric_limits<std::uint16_t>::max() ||
      ns_initparse(message.data(), static_cast<int>(message.size()), &parsed) != 0)
    return std::nullopt;
  std::vector<Record> records;
  for (int i = 0; i < parsed._counts[ns_s_an]; ++i) {
    ns_rr record{};
    if (ns_parserr(&parsed, ns_s_an, i, &record) != 0) return std::nullopt;
    records.push_back({.owner = lower(record.name),
                       .type = record.type,
                       .rr_class = record.rr_class,
                       .data = {record.rdata, record.rdlength},
                       .name = record.type == ns_t_cname ? name_in(parsed, record) : std::nullopt});
  }
  return records;
}

}  // namespace

std::optional<Message> read_message(std::span<const std::uint8_t> message) {
  if (message.size() < NS_HFIXEDSZ) return std::nullopt;
  const unsigned flags = ns_get16(message.data() + flags_offset);
  return Message{.rcode = flags & rcode_mask,
                 .is_response = (flags & response_bit) != 0,
                 .truncated = (flags & truncated_bit) != 0,
                 .answers = read_answers(message)};
}

}  // namespace edgesurvey
