// Targets in input order, kept as they were written: the letters and 16 bytes each, where names, tags and
// origins as values would be several strings. A target is read again whenever it is asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "targets/target.hpp"
#include "targets/text/text_store.hpp"

namespace edgesurvey {

class TargetStore {
 public:
  class Iterator;

  // written: a good line from its target on, without the comment (TargetLine::written); at most
  // max_line_bytes. what: the target in it. Precondition: the line is below 2^32.
  void add(const Origin& origin, std::string_view written, const HostOrBlock& what);

  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }
  // Throw std::out_of_range from size() on.
  Target operator[](std::size_t index) const;
  bool is_name(std::size_t index) const { return entries_.at(index).is_name; }
  // Costs less than the whole target.
  HostOrBlock what(std::size_t index) const;

  // How many are names.
  std::size_t names() const { return names_; }
  // Addresses written down literally, counted with repeats; names count as one. Saturates at 2^64 - 1.
  std::uint64_t expanded_size() const { return expanded_size_; }

  Iterator begin() const;
  Iterator end() const;

 private:
  struct Entry {
    TextStore::Place written;
    std::uint32_t line;
    std::uint16_t column;
    bool is_name;
  };
  static_assert(sizeof(Entry) == 16);

  struct Source {
    std::string name;
    std::size_t first;  // of its targets; they come together
  };

  const std::string& source_of(std::size_t index) const;

  TextStore texts_;
  std::deque<Entry> entries_;  // grows without being held twice
  std::vector<Source> sources_;
  std::size_t names_ = 0;
  std::uint64_t expanded_size_ = 0;
};

// Gives targets by value.
class TargetStore::Iterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = Target;
  using difference_type = std::ptrdiff_t;
  using pointer = void;
  using reference = Target;

  Iterator(const TargetStore& store, std::size_t index) : store_(&store), index_(index) {}

  Target operator*() const { return (*store_)[index_]; }
  Iterator& operator++() {
    ++index_;
    return *this;
  }
  friend bool operator==(const Iterator&, const Iterator&) = default;

 private:
  const TargetStore* store_;
  std::size_t index_;
};

inline TargetStore::Iterator TargetStore::begin() const {
  return {*this, 0};
}
inline TargetStore::Iterator TargetStore::end() const {
  return {*this, size()};
}

}  // namespace edgesurvey
