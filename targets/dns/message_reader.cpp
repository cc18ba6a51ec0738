#include "targets/dns/message_reader.hpp"

#include <ares.h>

#include <limits>
#include <memory>

namespace edgesurvey {
namespace {

constexpr std::size_t header_size = 12;
constexpr std::size_t question_fixed_size = 4;  // type, class
constexpr std::size_t record_fixed_size = 10;   // type, class, TTL, data length
constexpr unsigned response_bit = 0x8000;
constexpr unsigned truncated_bit = 0x0200;
constexpr unsigned rcode_mask = 0x000f;

void lower(std::string& text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
}

}  // namespace

unsigned MessageReader::take_u16() {
  const unsigned value = (unsigned{message_[position_]} << 8U) | message_[position_ + 1];
  position_ += 2;
  return value;
}

// ares_expand_name follows compression pointers, refuses loops of them, and escapes bytes that are not
// printable.
std::optional<std::string> MessageReader::name_at(std::size_t offset, std::size_t* length) const {
  if (offset >= message_.size() || message_.size() > std::numeric_limits<std::uint16_t>::max())
    return std::nullopt;
  char* expanded = nullptr;
  long encoded_length = 0;
  const int status = ares_expand_name(message_.data() + offset, message_.data(),
                                      static_cast<int>(message_.size()), &expanded, &encoded_length);
  if (status != ARES_SUCCESS) return std::nullopt;
  const std::unique_ptr<char, void (*)(void*)> owner(expanded, &ares_free_string);
  std::string name(expanded);
  lower(name);
  *length = static_cast<std::size_t>(encoded_length);
  return name;
}

std::optional<std::string> MessageReader::take_name() {
  std::size_t length = 0;
  auto name = name_at(position_, &length);
  if (!name || length > left()) return std::nullopt;
  position_ += length;
  return name;
}

std::optional<MessageHeader> MessageReader::header() {
  if (left() < header_size) return std::nullopt;
  take_u16();  // the id: c-ares has compared it
  const unsigned flags = take_u16();
  MessageHeader header;
  header.rcode = flags & rcode_mask;
  header.is_response = (flags & response_bit) != 0;
  header.truncated = (flags & truncated_bit) != 0;
  header.questions = take_u16();
  header.answers = take_u16();
  position_ = header_size;
  return header;
}

bool MessageReader::skip_question() {
  if (!take_name() || left() < question_fixed_size) return false;
  position_ += question_fixed_size;
  return true;
}

std::optional<Record> MessageReader::record() {
  auto owner = take_name();
  if (!owner || left() < record_fixed_size) return std::nullopt;
  Record record;
  record.owner = std::move(*owner);
  record.type = take_u16();
  record.rr_class = take_u16();
  position_ += 4;  // TTL
  const std::size_t length = take_u16();
  if (length > left()) return std::nullopt;
  record.data_offset = position_;
  record.data = message_.subspan(position_, length);
  position_ += length;
  return record;
}

std::optional<std::string> MessageReader::name_in(const Record& record) const {
  std::size_t length = 0;
  auto name = name_at(record.data_offset, &length);
  if (!name || length != record.data.size()) return std::nullopt;
  return name;
}

}  // namespace edgesurvey
