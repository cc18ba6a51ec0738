// DNS messages made by hand, right or wrong, for a server that does what real ones will not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace edgesurvey::testing {

using Bytes = std::vector<std::uint8_t>;
using Datagrams = std::vector<Bytes>;

inline constexpr unsigned type_a = 1;
inline constexpr unsigned type_cname = 5;
inline constexpr unsigned type_aaaa = 28;

inline constexpr unsigned formerr = 1;
inline constexpr unsigned servfail = 2;
inline constexpr unsigned nxdomain = 3;
inline constexpr unsigned refused = 5;

inline void append_u16(Bytes& bytes, std::size_t value) {
  bytes.push_back(static_cast<std::uint8_t>(value >> 8U));
  bytes.push_back(static_cast<std::uint8_t>(value));
}

// "a.b" as length-prefixed labels. No escapes: any byte but a dot may stand in a label.
inline Bytes encode_name(std::string_view name) {
  Bytes bytes;
  while (!name.empty()) {
    const std::string_view label = name.substr(0, name.find('.'));
    bytes.push_back(static_cast<std::uint8_t>(label.size()));
    bytes.insert(bytes.end(), label.begin(), label.end());
    name.remove_prefix(label.size() == name.size() ? label.size() : label.size() + 1);
  }
  bytes.push_back(0);
  return bytes;
}

struct Question {
  Bytes id_bytes;    // 2
  std::string name;  // as sent
  unsigned type = 0;
  Bytes question;  // name, type, class

  static std::optional<Question> parse(const Bytes& message) {
    if (message.size() < 17) return std::nullopt;
    Question parsed;
    parsed.id_bytes.assign(message.begin(), message.begin() + 2);
    std::size_t at = 12;
    while (at < message.size() && message[at] != 0) {
      const std::size_t length = message[at];
      if (at + 1 + length >= message.size()) return std::nullopt;
      if (!parsed.name.empty()) parsed.name += '.';
      for (std::size_t i = 1; i <= length; ++i) parsed.name += static_cast<char>(message[at + i]);
      at += length + 1;
    }
    if (at + 5 > message.size()) return std::nullopt;
    parsed.type = (unsigned{message[at + 1]} << 8U) | message[at + 2];
    parsed.question.assign(message.begin() + 12, message.begin() + static_cast<std::ptrdiff_t>(at + 5));
    return parsed;
  }
};

// An answer to a question; by default NOERROR with no records.
class Reply {
 public:
  explicit Reply(const Question& question) : id_(question.id_bytes), question_(question.question) {}
  // For tests of the parser alone.
  Reply(std::string_view name, unsigned type) : id_{0, 1}, question_(encode_name(name)) {
    append_u16(question_, type);
    append_u16(question_, 1);
  }

  Reply& rcode(unsigned code) {
    rcode_ = code;
    return *this;
  }
  Reply& truncated() {
    flags_ |= 0x0200U;
    return *this;
  }
  Reply& wrong_id() {
    id_[0] = static_cast<std::uint8_t>(~id_[0]);
    return *this;
  }
  Reply& other_question(std::string_view name, unsigned type) {
    question_ = encode_name(name);
    append_u16(question_, type);
    append_u16(question_, 1);
    return *this;
  }
  Reply& record(std::string_view owner, unsigned type, const Bytes& data, unsigned rr_class = 1) {
    const Bytes name = encode_name(owner);
    answers_.insert(answers_.end(), name.begin(), name.end());
    append_u16(answers_, type);
    append_u16(answers_, rr_class);
    append_u16(answers_, 0);
    append_u16(answers_, 60);
    append_u16(answers_, data.size());
    answers_.insert(answers_.end(), data.begin(), data.end());
    ++count_;
    return *this;
  }
  Reply& cname(std::string_view owner, std::string_view target) {
    return record(owner, type_cname, encode_name(target));
  }
  Reply& a(std::string_view owner, std::uint32_t address) {
    return record(owner, type_a,
                  {static_cast<std::uint8_t>(address >> 24U), static_cast<std::uint8_t>(address >> 16U),
                   static_cast<std::uint8_t>(address >> 8U), static_cast<std::uint8_t>(address)});
  }
  // 2001:db8::last
  Reply& aaaa(std::string_view owner, std::uint8_t last) {
    Bytes data(16, 0);
    data[0] = 0x20;
    data[1] = 0x01;
    data[2] = 0x0d;
    data[3] = 0xb8;
    data[15] = last;
    return record(owner, type_aaaa, data);
  }
  Reply& claim_answers(std::size_t count) {
    count_ = count;
    return *this;
  }

  Bytes bytes() const {
    Bytes message = id_;
    append_u16(message, 0x8180U | flags_ | rcode_);
    append_u16(message, 1);
    append_u16(message, count_);
    append_u16(message, 0);
    append_u16(message, 0);
    message.insert(message.end(), question_.begin(), question_.end());
    message.insert(message.end(), answers_.begin(), answers_.end());
    return message;
  }
  // With TCP's length before it.
  Bytes framed() const {
    const Bytes message = bytes();
    Bytes framed;
    append_u16(framed, message.size());
    framed.insert(framed.end(), message.begin(), message.end());
    return framed;
  }

 private:
  Bytes id_;
  Bytes question_;
  Bytes answers_;
  unsigned flags_ = 0;
  unsigned rcode_ = 0;
  std::size_t count_ = 0;
};

}  // namespace edgesurvey::testing
