// Any bytes at all as a DNS answer: nothing breaks, and what is taken from them keeps its bounds.
// The first byte chooses the family; the rest is the message.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "targets/dns/answer.hpp"

namespace {

void expect(bool condition) {
  if (!condition) std::abort();
}

bool is_printable(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c <= 0x7e; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace edgesurvey;
  if (size == 0) return 0;
  const Family family = (data[0] & 1U) == 0 ? Family::ipv4 : Family::ipv6;
  const Answer answer = read_answer(std::span(data, size).subspan(1), "edge.example", family);
  expect(answer.addresses.size() <= max_addresses_per_answer);
  expect(answer.aliases.size() <= max_alias_chain);
  expect((answer.kind == Answer::Kind::addresses) == !answer.addresses.empty());
  expect(answer.kind != Answer::Kind::failure || !answer.notes.empty());
  expect(std::all_of(answer.notes.begin(), answer.notes.end(), is_printable));
  return 0;
}
