#include "targets/tag.hpp"

#include <algorithm>

namespace edgesurvey {
namespace {

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '.';
}

}  // namespace

bool is_tag_key(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_key_character);
}

}  // namespace edgesurvey
