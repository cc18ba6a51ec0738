#include "scanner/net/deadline_wheel.hpp"

#include <algorithm>
#include <bit>

namespace edgesurvey {
namespace {

constexpr std::int64_t tick_after(Time time) {
  return std::chrono::ceil<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

constexpr std::int64_t tick_before(Time time) {
  return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

}  // namespace

void DeadlineWheel::insert(Slot slot, Time now, Time deadline) {
  if (slot >= links_.size()) links_.resize(std::size_t{slot} + 1);
  if (size_ == 0) cursor_ = std::max(cursor_, tick_before(now));
  const Tick due = std::max(tick_after(deadline), cursor_);
  const std::size_t spoke = spoke_of(due);
  Slot& head = heads_[spoke];
  links_[slot] = {due, none, head};
  if (head != none) links_[head].previous = slot;
  head = slot;
  used_[spoke / word_bits] |= std::uint64_t{1} << (spoke % word_bits);
  ++size_;
}

void DeadlineWheel::erase(Slot slot) {
  const Link link = links_[slot];
  if (link.next != none) links_[link.next].previous = link.previous;
  if (link.previous != none) {
    links_[link.previous].next = link.next;
  } else {
    const std::size_t spoke = spoke_of(link.due);
    heads_[spoke] = link.next;
    if (link.next == none) used_[spoke / word_bits] &= ~(std::uint64_t{1} << (spoke % word_bits));
  }
  --size_;
}

void DeadlineWheel::take_due(Time now, std::size_t limit, std::vector<Slot>& due) {
  const Tick last = tick_before(now);
  // After one whole turn every list has been looked at, however long ago the last call was.
  const Tick turn_end = cursor_ + static_cast<Tick>(spokes);
  while (size_ > 0 && cursor_ <= last && cursor_ < turn_end) {
    const std::size_t spoke = spoke_of(cursor_);
    const std::size_t ahead = distance_to_used(spoke);
    if (ahead > 0) {
      cursor_ += static_cast<Tick>(ahead);
      continue;
    }
    limit = take_from(spoke, last, limit, due);
    if (limit == 0) return;
    ++cursor_;
  }
  // Not past `last`: a deadline of this very tick may still be put in.
  cursor_ = size_ > 0 || cursor_ <= last ? last : cursor_;
}

std::size_t DeadlineWheel::take_from(std::size_t spoke, Tick last, std::size_t limit,
                                     std::vector<Slot>& due) {
  Slot slot = heads_[spoke];
  while (slot != none && limit > 0) {
    const Link link = links_[slot];
    if (link.due <= last) {
      erase(slot);
      due.push_back(slot);
      --limit;
    }
    slot = link.next;
  }
  return limit;
}

Time DeadlineWheel::next() const {
  if (size_ == 0) return Time::max();
  const Tick first = cursor_ + static_cast<Tick>(distance_to_used(spoke_of(cursor_)));
  return Time(std::chrono::milliseconds(first));
}

std::size_t DeadlineWheel::distance_to_used(std::size_t from) const {
  constexpr std::size_t words = spokes / word_bits;
  const std::size_t first = from / word_bits;
  const std::size_t skipped = from % word_bits;
  if (const std::uint64_t rest = used_[first] >> skipped; rest != 0)
    return static_cast<std::size_t>(std::countr_zero(rest));
  std::size_t distance = word_bits - skipped;
  for (std::size_t step = 1; step < words; ++step, distance += word_bits) {
    const std::uint64_t word = used_[(first + step) % words];
    if (word != 0) return distance + static_cast<std::size_t>(std::countr_zero(word));
  }
  return distance + static_cast<std::size_t>(std::countr_zero(used_[first]));  // all the way round
}

}  // namespace edgesurvey
