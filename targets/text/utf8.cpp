#include "targets/text/utf8.hpp"

namespace edgesurvey {
namespace {

struct Lead {
  std::size_t bytes;
  unsigned char payload_mask;
  char32_t smallest;  // anything below was written longer than it needs: an overlong form
};

std::optional<Lead> lead_of(unsigned char byte) {
  if (byte < 0x80) return Lead{1, 0x7F, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return Lead{2, 0x1F, 0x80};
  if (byte >= 0xE0 && byte <= 0xEF) return Lead{3, 0x0F, 0x800};
  if (byte >= 0xF0 && byte <= 0xF4) return Lead{4, 0x07, 0x10000};
  return std::nullopt;
}

bool is_scalar_value(char32_t code_point) {
  return code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF);
}

}  // namespace

std::optional<Utf8Character> first_utf8_character(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto byte_at = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto lead = lead_of(byte_at(0));
  if (!lead || text.size() < lead->bytes) return std::nullopt;

  char32_t code_point = byte_at(0) & lead->payload_mask;
  for (std::size_t i = 1; i < lead->bytes; ++i) {
    if ((byte_at(i) & 0xC0) != 0x80) return std::nullopt;
    code_point = (code_point << 6) | (byte_at(i) & 0x3FU);
  }
  if (code_point < lead->smallest || !is_scalar_value(code_point)) return std::nullopt;
  return Utf8Character{code_point, lead->bytes};
}

}  // namespace edgesurvey
