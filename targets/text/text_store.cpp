#include "targets/text/text_store.hpp"

#include <cassert>

namespace edgesurvey {
namespace {

constexpr std::size_t chunk_bytes = TextStore::max_text_bytes + 1;

}  // namespace

TextStore::Place TextStore::add(std::string_view text) {
  assert(text.size() <= max_text_bytes);
  if (chunks_.empty() || chunks_.back().size() + text.size() > chunk_bytes)
    chunks_.emplace_back().reserve(chunk_bytes);
  std::string& chunk = chunks_.back();
  const Place place{.chunk = static_cast<std::uint32_t>(chunks_.size() - 1),
                    .offset = static_cast<std::uint16_t>(chunk.size()),
                    .size = static_cast<std::uint16_t>(text.size())};
  chunk += text;
  return place;
}

std::string_view TextStore::at(const Place& place) const {
  return std::string_view(chunks_.at(place.chunk)).substr(place.offset, place.size);
}

}  // namespace edgesurvey
