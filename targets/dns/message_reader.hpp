// The records of a DNS message (RFC 1035, section 4), one after the other, every length checked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace edgesurvey {

struct MessageHeader {
  unsigned rcode = 0;
  bool is_response = false;
  bool truncated = false;
  unsigned questions = 0;
  unsigned answers = 0;
};

struct Record {
  std::string owner;  // lower case, no final dot; bytes that are not printable stand as \DDD
  unsigned type = 0;
  unsigned rr_class = 0;
  std::span<const std::uint8_t> data;
  std::size_t data_offset = 0;  // in the message: names inside may point back
};

class MessageReader {
 public:
  explicit MessageReader(std::span<const std::uint8_t> message) : message_(message) {}

  // Each moves past what it reads; nullopt or false when the message is broken there, and then reading must
  // end.
  std::optional<MessageHeader> header();
  bool skip_question();
  std::optional<Record> record();
  // The name that is the record's whole data, as of a CNAME; does not move.
  std::optional<std::string> name_in(const Record& record) const;

 private:
  std::size_t left() const { return message_.size() - position_; }
  unsigned take_u16();
  std::optional<std::string> take_name();
  std::optional<std::string> name_at(std::size_t offset, std::size_t* length) const;

  std::span<const std::uint8_t> message_;
  std::size_t position_ = 0;
};

}  // namespace edgesurvey
