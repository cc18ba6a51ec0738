#include "tests/lab/farm/dns.hpp"

#include <algorithm>

namespace edgesurvey::farm {
namespace {

constexpr std::size_t header_size = 12;
constexpr std::uint16_t type_a = 1, type_aaaa = 28;
constexpr std::size_t most_answers = 15;  // 15 AAAA of 28 bytes fit 512 with any name

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

struct Question {
  std::string name;
  std::uint16_t type = 0;
  std::size_t end = 0;  // of the question in the query
};

std::optional<Question> parse_question(View query) {
  const bool one_plain_query = query.size() > header_size && (query[2] & 0xf8U) == 0 && query[4] == 0 &&
                               query[5] == 1;  // QR 0, opcode 0, QDCOUNT 1
  if (!one_plain_query) return std::nullopt;
  Question question;
  std::size_t at = header_size;
  while (at < query.size() && query[at] != 0) {
    const std::size_t length = query[at];
    if (length > 63 || at + 1 + length >= query.size()) return std::nullopt;  // no compression in a question
    if (!question.name.empty()) question.name += '.';
    for (std::size_t i = 1; i <= length; ++i) question.name += static_cast<char>(query[at + i]);
    at += 1 + length;
  }
  if (question.name.size() > 253 || at + 5 > query.size()) return std::nullopt;
  question.name = lower(std::move(question.name));
  question.type = static_cast<std::uint16_t>(query[at + 1] << 8U | query[at + 2]);
  question.end = at + 5;
  return question;
}

void append_record(Bytes& out, const Ip& ip) {
  const std::uint8_t type = ip.v4 ? type_a : type_aaaa;
  const auto length = static_cast<std::uint8_t>(ip.size());
  // The name as a pointer to the question, class IN, a TTL of 60 s.
  for (const std::uint8_t byte : {std::uint8_t{0xc0}, std::uint8_t{header_size}, std::uint8_t{0}, type,
                                  std::uint8_t{0}, std::uint8_t{1}, std::uint8_t{0}, std::uint8_t{0},
                                  std::uint8_t{0}, std::uint8_t{60}, std::uint8_t{0}, length})
    out.push_back(byte);
  out.insert(out.end(), ip.bytes.begin(), ip.bytes.begin() + length);
}

}  // namespace

NameServer::NameServer(const Spec& spec) {
  for (const auto& host : spec.hosts)
    if (!host.name.empty()) hosts_[lower(host.name)].push_back(host.address);
}

std::optional<Bytes> NameServer::answer(View query) const {
  const auto question = parse_question(query);
  if (!question) return std::nullopt;
  const auto known = hosts_.find(question->name);
  Bytes out(query.begin(), query.begin() + static_cast<std::ptrdiff_t>(question->end));
  out[2] = static_cast<std::uint8_t>(0x84U | (query[2] & 1U));  // an authoritative response, RD as asked
  out[3] = known == hosts_.end() ? 3 : 0;                       // NXDOMAIN
  std::fill(out.begin() + 6, out.begin() + header_size, std::uint8_t{0});
  if (known == hosts_.end()) return out;
  for (const auto& ip : known->second) {
    if (question->type != (ip.v4 ? type_a : type_aaaa) || out[7] == most_answers) continue;
    append_record(out, ip);
    ++out[7];
  }
  return out;
}

}  // namespace edgesurvey::farm
