#include "targets/target_store.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "targets/saturating.hpp"
#include "targets/target_line.hpp"

namespace edgesurvey {
namespace {

// Both were read without an error before they came here.
TargetLine read_line(std::string_view written) {
  LineError none;
  return parse_target_line(written, none).value();
}

HostOrBlock read_target(std::string_view word) {
  std::string none;
  return parse_host_or_block(word, none).value();
}

}  // namespace

void TargetStore::add(const Origin& origin, std::string_view written, const HostOrBlock& what) {
  assert(written.size() <= max_line_bytes && origin.column <= max_line_bytes);
  const auto* block = std::get_if<AddressBlock>(&what);
  if (sources_.empty() || sources_.back().name != origin.source) sources_.push_back({origin.source, size()});
  entries_.push_back({.written = texts_.add(written),
                      .line = static_cast<std::uint32_t>(origin.line),
                      .column = static_cast<std::uint16_t>(origin.column),
                      .is_name = block == nullptr});
  if (block == nullptr) ++names_;
  expanded_size_ = saturating_add(expanded_size_, block != nullptr ? block->size() : 1);
}

Target TargetStore::operator[](std::size_t index) const {
  const Entry& entry = entries_.at(index);
  TargetLine line = read_line(texts_.at(entry.written));
  return {.origin = {source_of(index), entry.line, entry.column},
          .text = std::string(line.target),
          .what = read_target(line.target),
          .tags = std::move(line.tags)};
}

HostOrBlock TargetStore::what(std::size_t index) const {
  return read_target(first_word(texts_.at(entries_.at(index).written)));
}

const std::string& TargetStore::source_of(std::size_t index) const {
  const auto after = std::upper_bound(sources_.begin(), sources_.end(), index,
                                      [](std::size_t i, const Source& source) { return i < source.first; });
  return std::prev(after)->name;
}

}  // namespace edgesurvey
